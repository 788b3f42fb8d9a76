/* SPDX-FileCopyrightText: The lrng-cuse authors */
/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Requests of /dev/lrng-random and /dev/lrng-urandom, for C and C++.  Both
 * devices answer them alike, to 64-bit and to 32-bit callers.
 *
 * The devices also answer these requests of <linux/random.h>, as random(4)
 * and LRNG define them, about the auxiliary pool:
 *
 *   RNDGETENTCNT     its entropy in bits
 *   RNDADDTOENTCNT   changes that number                   (CAP_SYS_ADMIN)
 *   RNDADDENTROPY    adds data with entropy, see below     (CAP_SYS_ADMIN)
 *   RNDZAPENTCNT     the number becomes 0, as with
 *   RNDCLEARPOOL     this one                              (CAP_SYS_ADMIN)
 *   RNDRESEEDCRNG    reseeds every DRNG                    (CAP_SYS_ADMIN)
 *
 * RNDADDENTROPY takes at most LRNG_ADDENTROPY_MAX bytes in one call (ENOMEM
 * above).  EPERM comes before any argument is looked at.  CAP_SYS_ADMIN is
 * that of the user namespace in which the daemon runs: root of a container
 * does not have it.
 *
 * The files of a FUSE mount answer requests only whose number tells how long
 * their data is: there RNDADDENTROPY and the requests of this file fail with
 * EOPNOTSUPP.
 */
#ifndef LRNG_H
#define LRNG_H

#include <linux/ioctl.h>
#include <linux/random.h>
#include <stdint.h>

/* Most bytes that one RNDADDENTROPY takes: CUSE moves 128 KiB, the header included. */
#define LRNG_ADDENTROPY_MAX 131064

/*
 * Flags of LRNG_GETSEED, with the values that they have in LRNG's getrandom(2):
 * GRND_NONBLOCK of <linux/random.h>, and this one, which says that your DRNG
 * was fully seeded before, so that the amount for a reseed is enough.
 */
#ifndef GRND_FULLY_SEEDED
#define GRND_FULLY_SEEDED 0x0020
#endif

/*
 * LRNG_GETSEED: one pull of all entropy sources, to seed a DRNG of your own.
 * Nobody else gets the same data.  Use it where LRNG has getrandom(GRND_SEED).
 *
 * On success ioctl(2) returns the number of bytes written (some hundred; it
 * depends on the sources), and the buffer has
 *
 *   uint64_t bytes       the same number, these two words included
 *   uint64_t bits        entropy of the whole in bits
 *   uint8_t  seed[]      the seed buffer, all of which is the seed
 *
 * in the machine's byte order.  It waits until all DRNGs of the daemon are
 * fully seeded and the sources gave something; callers are served one at a
 * time in the order in which they came.  A seed may have fewer bits than you
 * want: ask again and add them up, with no output of your DRNG in between.
 *
 *   EINVAL    unknown flags, or fewer than 8 bytes; nothing is written
 *   EMSGSIZE  too few bytes; only the first word is written and tells how
 *             many it takes
 *   EAGAIN    GRND_NONBLOCK is set, or the file was opened with O_NONBLOCK
 *             (a later fcntl(2) is not seen), and not all DRNGs are seeded.
 *             Such a caller may also get a seed of 0 bits.
 *   EINTR     a signal came while it waited
 *   EFAULT    a pointer is wrong
 */
struct lrng_getseed {
	uint64_t buffer; /* address */
	uint32_t size;	 /* of the buffer in bytes */
	uint32_t flags;	 /* GRND_NONBLOCK, GRND_FULLY_SEEDED */
};

/*
 * LRNG_GETSTATUS: the text of LRNG's /proc/lrng_type.  ioctl(2) returns its
 * length; there is no NUL at its end.  @size becomes that length as well, and
 * with EMSGSIZE, when the buffer is too small, the length that it takes.
 */
struct lrng_getstatus {
	uint64_t buffer;   /* address; may be 0 with a size of 0 */
	uint32_t size;	   /* of the buffer in bytes; out: of the text */
	uint32_t reserved; /* 0, or EINVAL */
};

/*
 * The file "generation" beside the daemon's control socket (by default
 * /run/lrng/generation), for those who keep output of the device for later
 * use, as liblrng-getrandom does: one page, to be mapped with PROT_READ and
 * MAP_SHARED.  @generation is another number whenever output that was read
 * before should not be used any more: a DRNG was reseeded or lost its seed, or
 * an administrator asked for either.  Read it before you read the device;
 * output counts as long as it stays the same.  0: keep nothing.
 *
 * A daemon that dies changes no number.  While it lives it holds a write lock
 * (F_OFD_SETLK) on the file: trust the number only if F_OFD_GETLK with F_RDLCK
 * finds one, and ask again from time to time.  A new daemon takes over the
 * file of the old one where it can, so that a file which was bind-mounted into
 * a container stays the right one.
 */
#define LRNG_GENERATION_BYTES 4096
#define LRNG_GENERATION_MAGIC 0x314e4547474e524cULL

struct lrng_generation {
	uint64_t magic;	     /* LRNG_GENERATION_MAGIC: "LRNGGEN1" on a little-endian machine */
	uint64_t generation; /* changes with a single store */
};

#define LRNG_GETSEED _IOW('R', 0x60, struct lrng_getseed)
#define LRNG_GETSTATUS _IOWR('R', 0x61, struct lrng_getstatus)

#endif
