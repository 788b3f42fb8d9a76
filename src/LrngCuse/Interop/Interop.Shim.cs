// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Runtime.InteropServices;

namespace LrngCuse.Interop;

/// <summary>native/cuse-shim/lrng_shim.h, name by name. Functions return 0 or a negative errno unless said otherwise there.</summary>
internal static unsafe partial class Shim
{
    private const string Library = "liblrngshim";

    [LibraryImport(Library)]
    internal static partial uint lrng_shim_abi_version();

    [LibraryImport(Library)]
    internal static partial uint lrng_shim_struct_size(uint index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lrng_shim_new_cuse(
        string name, uint major, uint minor, int device, lrng_shim_callbacks* callbacks, nint context, out nint session);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lrng_shim_new_fuse(
        string directory, int device, lrng_shim_callbacks* callbacks, nint context, out nint session);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_forget_attributes(nint session, ulong node);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_leave(nint session);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_receive(nint session, lrng_shim_buffer* buffer);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_process(nint session, lrng_shim_buffer* buffer);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_process_again(nint session, lrng_shim_buffer* buffer);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_device(nint session);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_set_waiting(nint session, int waiting);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_release_buffer(lrng_shim_buffer* buffer);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_stop(nint session);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_wake_thread(int tid);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_thread_id();

    [LibraryImport(Library)]
    internal static partial void lrng_shim_destroy(nint session);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_set_log(delegate* unmanaged<int, byte*, void> log);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_error(nint request, int error_number);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_data(nint request, void* data, ulong size);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_written(nint request, ulong size);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_open(nint request, ulong file, lrng_shim_file_kind kind);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_poll(nint request, uint events);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_entry(nint request, lrng_shim_attributes* attributes);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_attributes(nint request, lrng_shim_attributes* attributes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong lrng_shim_add_entry(
        nint request, void* buffer, ulong size, string name, lrng_shim_attributes* attributes, long next_offset);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_ioctl(nint request, int result, void* data, ulong size);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_reply_ioctl_retry(
        nint request, lrng_shim_range* input, uint input_count, lrng_shim_range* output, uint output_count);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_notify_poll(ulong handle);

    [LibraryImport(Library)]
    internal static partial void lrng_shim_forget_poll(ulong handle);

    [LibraryImport(Library)]
    internal static partial int lrng_shim_park(nint request, ulong token);

    [LibraryImport(Library)]
    internal static partial uint lrng_shim_cpu_features();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lrng_shim_rdseed(ulong* word);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lrng_shim_rdrand(ulong* word);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial ulong lrng_shim_cycles();
}
