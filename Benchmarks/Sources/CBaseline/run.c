#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "CBaseline.h"

extern char **environ;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int split(const char *path, char *text, char *words[17]) {
  int count = 0;
  words[count++] = (char *)path;
  for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
    if (count == 16) return -E2BIG;
    words[count++] = word;
  }
  words[count] = NULL;
  return 0;
}

int baseline_run(const char *path, const char *arguments, struct baseline_usage *usage) {
  char text[256];
  char *words[17];
  if (strlen(arguments) >= sizeof(text)) return -E2BIG;
  strcpy(text, arguments);
  int split_result = split(path, text, words);
  if (split_result < 0) return split_result;
  posix_spawn_file_actions_t actions;
  pid_t child;
  int status;
  struct rusage resources;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  uint64_t start = now();
  int error = posix_spawn(&child, path, &actions, NULL, words, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return -error;
  while (wait4(child, &status, 0, &resources) < 0) {
    if (errno != EINTR) return -errno;
  }
  usage->nanoseconds = now() - start;
  usage->peak_memory = resources.ru_maxrss;
  usage->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return 0;
}
