/* One program, many attacks: the first argument names one. Exit code 42 means that the attack worked. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int is(const char *name, char **argv) { return strcmp(name, argv[1]) == 0; }
static void spin(void) { for (volatile unsigned long i = 0;; i++) {} }
static void *sleeper(void *unused) { pause(); return unused; }
static int deep(int n) { volatile char frame[1024]; frame[0] = (char) n; return n == 0 ? 0 : deep(n - 1) + frame[0] * 0 + 1; }

int main(int argc, char **argv) {
    (void) argc;
    if (is("exit", argv)) return atoi(argv[2]);
    if (is("spin", argv)) spin();
    if (is("sleep", argv)) for (;;) pause();
    if (is("stop-self", argv)) { raise(SIGSTOP); return 0; }
    if (is("crash", argv)) raise(SIGSEGV);
    if (is("abort", argv)) abort();
    if (is("flood-output", argv)) for (;;) if (write(1, argv[0], strlen(argv[0])) < 0) return 3;
    if (is("flood-errors", argv)) for (;;) if (write(2, argv[0], strlen(argv[0])) < 0) return 3;
    if (is("heap-bomb", argv)) for (;;) { char *p = malloc(1 << 20); if (!p) return 3; memset(p, 1, 1 << 20); }
    if (is("shared-bomb", argv)) for (;;) {
        char *p = mmap(0, 1 << 20, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (p == MAP_FAILED) return 3;
        memset(p, 1, 1 << 20);
    }
    if (is("huge-wish", argv)) { if (!malloc(1UL << 40)) abort(); return 42; }
    if (is("stack-bomb", argv)) return deep(1 << 30) == 0;
    if (is("deep-stack", argv)) return deep(100000) == 100000 ? 0 : 3;
    if (is("touch", argv)) { size_t n = strtoul(argv[2], 0, 10) << 20; memset(malloc(n), 1, n); return 0; }
    if (is("fork", argv)) { pid_t p = fork(); if (p < 0) return errno == EPERM ? 7 : 8; if (!p) _exit(0); wait(0); return 42; }
    if (is("fork-bomb", argv)) for (;;) { fork(); }
    if (is("daemon", argv)) {
        if (fork() == 0) {
            setsid();
            setpgid(0, 0);
            if (fork() == 0) { signal(SIGHUP, SIG_IGN); for (;;) { if (write(1, "x", 1) < 0) {} usleep(1000); } }
            _exit(0);
        }
        printf("parent done\n");
        return 0;
    }
    if (is("orphan-spin", argv)) { if (fork() == 0) spin(); return 0; }
    if (is("threads", argv)) {
        int made = 0;
        pthread_t t;
        for (int i = 0; i < 1000; i++) made += pthread_create(&t, 0, sleeper, 0) == 0;
        printf("%d\n", made);
        return 0;
    }
    if (is("socket", argv)) {
        for (int family = 1; family < 45; family++) if (socket(family, SOCK_STREAM, 0) >= 0 || socket(family, SOCK_DGRAM, 0) >= 0) return 42;
        return 0;
    }
    if (is("read", argv)) return open(argv[2], O_RDONLY) >= 0 ? 42 : 0;
    if (is("write", argv)) return open(argv[2], O_WRONLY | O_CREAT, 0600) >= 0 ? 42 : 0;
    if (is("chmod", argv)) { if (chmod(argv[2], 0777)) return 3; return 0; }
    if (is("link", argv)) {
        if (!symlink(argv[2], "planted")) return 42;
        if (!link(argv[2], "planted")) return 42;
        if (!mkfifo("planted", 0600)) return 42;
        return 0;
    }
    if (is("kill-parent", argv)) { if (!kill(getppid(), SIGSTOP) || !kill(getppid(), SIGKILL)) return 42; return 0; }
    if (is("kill-all", argv)) { kill(-1, SIGKILL); return 0; }
    if (is("calls", argv)) {
        if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) return 42;
        if (shmget(IPC_PRIVATE, 4096, 0600) >= 0) return 43;
        if (syscall(SYS_bpf, 0, 0, 0) >= 0 || errno != EPERM) return 44;
        if (syscall(425, 1, 0) >= 0 || errno != EPERM) return 45;
        if (syscall(SYS_keyctl, 0, 0) >= 0 || errno != EPERM) return 46;
        if (syscall(SYS_mount, "a", "/", "tmpfs", 0, 0) >= 0 || errno != EPERM) return 47;
        if (syscall(SYS_unshare, 0x10000000) >= 0 || errno != EPERM) return 48;
        if (syscall(SYS_clone, 0x10000000 | SIGCHLD, 0, 0, 0, 0) >= 0 || errno != EPERM) return 49;
        if (syscall(SYS_memfd_create, "m", 0) >= 0 || errno != EPERM) return 50;
        if (syscall(SYS_setsid) >= 0 || errno != EPERM) return 51;
        return 0;
    }
    if (is("raise-limits", argv)) {
        struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}, now;
        for (int i = 0; i < 16; i++) if (i != RLIMIT_STACK && setrlimit(i, &all) == 0) return 42;
        getrlimit(RLIMIT_STACK, &now);
        return now.rlim_cur >= (8 << 20) ? 0 : 3;
    }
    if (is("environment", argv)) { extern char **environ; for (char **e = environ; *e; e++) puts(*e); return 0; }
    if (is("descriptors", argv)) { for (int i = 3; i < 256; i++) if (fcntl(i, F_GETFD) >= 0) return 42; return 0; }
    if (is("signals", argv)) {
        struct sigaction a;
        for (int i = 1; i < 65; i++) if (!sigaction(i, 0, &a) && a.sa_handler != SIG_DFL) return 42;
        sigset_t blocked;
        sigprocmask(0, 0, &blocked);
        for (int i = 1; i < 65; i++) if (sigismember(&blocked, i) == 1) return 43;
        return 0;
    }
    if (is("fill-disk", argv)) {
        char block[65536];
        memset(block, 1, sizeof block);
        for (int i = 0;; i++) {
            char name[32];
            snprintf(name, sizeof name, "f%d", i);
            int f = open(name, O_WRONLY | O_CREAT, 0600);
            for (int j = 0; j < 16; j++) if (write(f, block, sizeof block) < 0) break;
            close(f);
        }
    }
    if (is("big-file", argv)) {
        char block[65536];
        int f = open("big", O_WRONLY | O_CREAT, 0600);
        for (;;) if (write(f, block, sizeof block) < 0) return 3;
    }
    if (is("deep-folders", argv)) { for (int i = 0; i < 1500; i++) if (mkdir("d", i == 700 ? 0000 : 0700) || chdir("d")) return 0; return 0; }
    if (is("copy", argv)) { char b[65536]; ssize_t n; while ((n = read(0, b, sizeof b)) > 0) if (write(1, b, n) != n) return 3; return 0; }
    if (is("close-and-sleep", argv)) { close(0); close(1); close(2); for (;;) pause(); }
    if (is("proc", argv)) return open("/proc/self/environ", O_RDONLY) >= 0 ? 42 : 0;
    if (is("guess", argv)) {
        int low = 0, high = 1000, answer;
        for (;;) {
            int middle = (low + high) / 2;
            printf("%d\n", middle);
            fflush(stdout);
            if (scanf("%d", &answer) != 1) return 3;
            if (answer == 0) return 0;
            if (answer < 0) low = middle + 1; else high = middle - 1;
        }
    }
    if (is("ask", argv)) {
        int secret = atoi(argv[2]), guess;
        while (scanf("%d", &guess) == 1) {
            printf("%d\n", (guess > secret) - (guess < secret));
            fflush(stdout);
            if (guess == secret) return 42;
        }
        return 43;
    }
    if (is("quit", argv)) { char c; if (read(0, &c, 1) < 0) return 3; return atoi(argv[2]); }
    if (is("babble", argv)) { for (int i = 0; i < 4000000; i++) if (printf("%d\n", i) < 0) return 3; return 0; }
    return 99;
}
