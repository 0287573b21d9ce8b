/* Writes down what a process does to the files of one folder: preloaded, Linux only.
 *
 * One record: kind (1 byte), inode number given by us (4), offset (8), length of the data (8), the
 * data. Names are data. The log is written with plain system calls, so nothing records itself.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_HANDLES 4096

enum { OPENED = 'O', WRITTEN = 'W', SYNCED = 'S', CUT = 'T', REMOVED = 'U', RENAMED = 'R', FOLDER_SYNCED = 'D' };

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int log_handle = -1;
static uint64_t inode_of[MOST_HANDLES]; /* 0: not ours; 1: the folder itself */

__attribute__((constructor)) static void begin(void) {
    folder = getenv("RECORDED_FOLDER");
    const char *log_path = getenv("RECORDED_LOG");
    if (folder == NULL || log_path == NULL) return;
    folder_length = strlen(folder);
    log_handle = syscall(SYS_openat, AT_FDCWD, log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static void put(const void *data, size_t length) {
    const char *rest = data;
    while (length > 0) {
        ssize_t done = syscall(SYS_write, log_handle, rest, length);
        if (done <= 0) abort();
        rest += done;
        length -= done;
    }
}

static void record(char kind, uint64_t inode, uint64_t offset, const void *data, uint64_t length) {
    char head[25];
    head[0] = kind;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &length, 8);
    pthread_mutex_lock(&guard);
    put(head, sizeof head);
    put(data, length);
    pthread_mutex_unlock(&guard);
}

static const char *name_in_folder(const char *path) {
    if (log_handle < 0 || strncmp(path, folder, folder_length) != 0) return NULL;
    if (path[folder_length] == 0) return "";
    return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static int opened(int handle, const char *path) {
    if (handle < 0 || handle >= MOST_HANDLES) return handle;
    const char *name = name_in_folder(path);
    inode_of[handle] = 0;
    if (name == NULL) return handle;
    if (*name == 0) {
        inode_of[handle] = 1;
        return handle;
    }
    struct stat seen;
    if (fstat(handle, &seen) != 0) abort();
    inode_of[handle] = seen.st_ino;
    record(OPENED, seen.st_ino, 0, name, strlen(name));
    return handle;
}

#define OPEN(NAME)                                                        \
    int NAME(const char *path, int flags, ...) {                          \
        mode_t mode = 0;                                                  \
        if (flags & O_CREAT) {                                            \
            va_list rest;                                                 \
            va_start(rest, flags);                                        \
            mode = va_arg(rest, mode_t);                                  \
            va_end(rest);                                                 \
        }                                                                 \
        return opened(syscall(SYS_openat, AT_FDCWD, path, flags, mode), path); \
    }
OPEN(open)
OPEN(open64)

static uint64_t ours(int handle) {
    return log_handle >= 0 && handle >= 0 && handle < MOST_HANDLES ? inode_of[handle] : 0;
}

ssize_t write(int handle, const void *data, size_t length) {
    uint64_t at = ours(handle) > 1 ? (uint64_t)lseek(handle, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, handle, data, length);
    if (ours(handle) > 1 && done > 0) record(WRITTEN, ours(handle), at, data, done);
    return done;
}

static ssize_t written_at(int handle, const void *data, size_t length, off64_t at) {
    ssize_t done = syscall(SYS_pwrite64, handle, data, length, at);
    if (ours(handle) > 1 && done > 0) record(WRITTEN, ours(handle), at, data, done);
    return done;
}
ssize_t pwrite(int handle, const void *data, size_t length, off_t at) { return written_at(handle, data, length, at); }
ssize_t pwrite64(int handle, const void *data, size_t length, off64_t at) { return written_at(handle, data, length, at); }

static int synced(int handle, long call) {
    int failed = syscall(call, handle);
    if (ours(handle) && !failed) record(ours(handle) == 1 ? FOLDER_SYNCED : SYNCED, ours(handle), 0, "", 0);
    return failed;
}
int fsync(int handle) { return synced(handle, SYS_fsync); }
int fdatasync(int handle) { return synced(handle, SYS_fdatasync); }

static int cut(int handle, off64_t length) {
    int failed = syscall(SYS_ftruncate, handle, length);
    if (ours(handle) > 1 && !failed) record(CUT, ours(handle), length, "", 0);
    return failed;
}
int ftruncate(int handle, off_t length) { return cut(handle, length); }
int ftruncate64(int handle, off64_t length) { return cut(handle, length); }

int unlink(const char *path) {
    int failed = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    const char *name = name_in_folder(path);
    if (name && !failed) record(REMOVED, 0, 0, name, strlen(name));
    return failed;
}

int rename(const char *from, const char *to) {
    int failed = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    const char *old = name_in_folder(from), *new = name_in_folder(to);
    if (old && new && !failed) {
        char both[8192];
        size_t first = strlen(old) + 1, second = strlen(new);
        if (first + second > sizeof both) abort();
        memcpy(both, old, first);
        memcpy(both + first, new, second);
        record(RENAMED, 0, 0, both, first + second);
    }
    return failed;
}

int close(int handle) {
    if (handle >= 0 && handle < MOST_HANDLES) inode_of[handle] = 0;
    return syscall(SYS_close, handle);
}
