// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

#include "lrng_shim.h"

uint32_t lrng_shim_abi_version(void)
{
	return LRNG_SHIM_ABI_VERSION;
}

uint32_t lrng_shim_struct_size(uint32_t index)
{
	static const uint32_t sizes[] = {
		sizeof(struct lrng_shim_request),
		sizeof(struct lrng_shim_callbacks),
		sizeof(struct lrng_shim_buffer),
		sizeof(struct lrng_shim_attributes),
		sizeof(struct lrng_shim_range),
	};

	return index < sizeof(sizes) / sizeof(sizes[0]) ? sizes[index] : 0;
}
