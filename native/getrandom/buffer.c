// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
/*
 * A store of bytes for each thread, so that a small request costs a copy and
 * not a conversation with the daemon.  It is locked in memory, left out of
 * dumps, empty in the child of a fork, and wiped as it is consumed.  What is
 * left counts for a quarter of a second and until the daemon's generation
 * number changes, whichever ends first: so nothing outlives a reseed, and a
 * daemon that died is missed at once.  Where one of this is not to be had
 * there is no store, and every request goes to the device.
 *
 * A thread that asks little gets little: the first bytes come 448 at a time,
 * more only to one that uses them up before they expire.
 */

#include "internal.h"
#include "kernelcall.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#define STORE_BYTES 65536
#define LIFETIME_NS 250000000u

/*
 * Volatile because a signal handler may fork, and the child goes on in the
 * middle of what its parent was doing here, with every field 0.
 */
struct store {
	volatile uint64_t live;	  /* 1: the fields mean something; 0 after a fork */
	volatile uint64_t filled; /* before the device was asked */
	volatile uint64_t generation;
	volatile uint32_t end;
	volatile uint32_t left; /* the last bytes before end */
	volatile uint32_t stage;
	volatile uint32_t locked; /* bytes; a fork unlocks them */
	_Alignas(64) uint8_t data[];
};

#define STAGES 3

/* Where each stage ends in the store, its header included: a small one, a page, and a read that is worth its price. */
static const uint32_t stage_ends[STAGES] = { 512, 4096, STORE_BYTES };

PER_THREAD struct store *mine;

/*
 * This thread is at work on its store, or was, and a signal handler left by
 * longjmp(3): then it never uses it again.  Not in the store, because there a
 * fork would take it away from whoever is at work.
 */
PER_THREAD volatile sig_atomic_t busy;

/* This thread cannot have a store. */
PER_THREAD volatile sig_atomic_t refused;

static pthread_key_t key;
static bool has_key;

/* Wipes what is left.  What was consumed is 0 already. */
static void discard(struct store *store)
{
	uint32_t end = store->end;
	uint32_t left = store->left;

	if (left && left <= end)
		memset(store->data + (end - left), 0, left);
	atomic_signal_fence(memory_order_seq_cst);
	store->left = 0;
}

static void release(void *store)
{
	busy = 1;
	refused = 1; /* for what other destructors of this thread ask for */
	mine = NULL;
	discard(store);
	kernel_call2(__NR_munmap, store, STORE_BYTES);
	busy = 0;
}

__attribute__((constructor)) static void make_key(void)
{
	/* Of the first 32 keys glibc keeps the values in the thread's own block; for others it may call malloc. */
	has_key = !pthread_key_create(&key, release) && key < 32;
}

static struct store *make_store(void)
{
	long address = kernel_call(__NR_mmap, 0, STORE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct store *store = (struct store *)address;

	if (address < 0 && address > -4096)
		return NULL;
	if (kernel_call3(__NR_madvise, store, STORE_BYTES, MADV_WIPEONFORK) ||
	    kernel_call3(__NR_madvise, store, STORE_BYTES, MADV_DONTDUMP) || pthread_setspecific(key, store)) {
		kernel_call2(__NR_munmap, store, STORE_BYTES);
		return NULL;
	}
	return store;
}

static bool lock(struct store *store, uint32_t bytes)
{
	if (store->locked >= bytes)
		return true;
	if (kernel_call2(__NR_mlock, store, bytes))
		return false;
	store->locked = bytes;
	return true;
}

/* With its first page locked; NULL: there is none. */
static struct store *own_store(void)
{
	if (refused || !has_key)
		return NULL;
	if (!mine)
		mine = make_store();
	if (mine && lock(mine, stage_ends[1]))
		return mine;
	refused = 1;
	return NULL;
}

static bool counts(const struct store *store, uint64_t now)
{
	return store->live && now - store->filled < LIFETIME_NS && generation_is(store->generation);
}

/* Judged after the copy: bytes of a store that a fork wiped under our hands are no output. */
static bool take(struct store *store, void *output, size_t size)
{
	uint32_t end = store->end;
	uint32_t left = store->left;
	uint8_t *from;

	if (left < size || end < left)
		return false;
	from = store->data + (end - left);
	memcpy(output, from, size);
	memset(from, 0, size);
	store->left = left - (uint32_t)size;
	atomic_signal_fence(memory_order_seq_cst);
	if (counts(store, generation_clock()))
		return true;
	discard(store);
	memset(output, 0, size);
	return false;
}

bool buffer_take(void *output, size_t size)
{
	bool taken;

	if (!mine || busy || size - 1 >= WHOLE_BYTES)
		return false;
	busy = 1;
	atomic_signal_fence(memory_order_seq_cst);
	taken = take(mine, output, size);
	atomic_signal_fence(memory_order_seq_cst);
	busy = 0;
	return taken;
}

/* One more for a thread that used up a store which still counts, or the first. */
static uint32_t next_stage(struct store *store, uint64_t now)
{
	uint32_t stage = 0;

	if (counts(store, now))
		stage = store->stage + 1 < STAGES ? store->stage + 1 : STAGES - 1;
	return stage < 2 || lock(store, stage_ends[stage]) ? stage : 1;
}

static bool refill_and_take(struct store *store, uint64_t generation, uint64_t now, void *output, size_t size)
{
	uint32_t stage = next_stage(store, now);
	long got;

	discard(store);
	store->live = 1;
	store->stage = stage;
	store->filled = now;
	store->generation = generation;

	/* Whoever has to wait does so for the bytes that were asked for and no others. */
	got = device_read(CHANNEL_RANDOM_NONBLOCK, store->data, stage_ends[stage] - sizeof(struct store));
	store->end = got > 0 ? (uint32_t)got : 0;
	store->left = store->end;
	if (got < (long)size) {
		discard(store);
		return false;
	}
	memcpy(output, store->data, size);
	memset(store->data, 0, size);
	store->left = store->end - (uint32_t)size;
	atomic_signal_fence(memory_order_seq_cst);

	/* These bytes are fresh whatever the generation is by now, unless this is the child of a fork meanwhile. */
	if (store->live)
		return true;
	discard(store);
	return false;
}

bool buffer_refill_and_take(void *output, size_t size)
{
	uint64_t now = generation_clock();
	uint64_t generation;
	struct store *store;
	bool taken = false;

	if (busy)
		return false;
	busy = 1;
	atomic_signal_fence(memory_order_seq_cst);

	/* Known before the bytes are read: a change in between makes them old. */
	generation = generation_current(now);
	store = generation ? own_store() : NULL;
	if (store)
		taken = refill_and_take(store, generation, now, output, size);
	atomic_signal_fence(memory_order_seq_cst);
	busy = 0;
	return taken;
}
