// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The names and attributes in the FUSE mount. Requests for open files go on to DeviceFiles.

using System.Runtime.InteropServices;
using LrngCuse.Device;
using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports;

/// <summary>The file tree of the mount: a directory with <c>random</c> and <c>urandom</c>.</summary>
internal sealed unsafe class MountTree(DeviceFiles files, uint ownerId, uint groupId) : ISessionHandler
{
    private const ulong RootNode = 1;

    private const uint DirectoryMode = Linux.S_IFDIR | 0b111_101_101;

    // A regular file: FUSE cannot offer device nodes of its own.
    private const uint FileMode = Linux.S_IFREG | 0b110_110_110;

    private static readonly (ulong Node, string Name, DeviceNode Device)[] s_files =
        [(2, "random", DeviceNode.Random), (3, "urandom", DeviceNode.Urandom)];

    public void Handle(lrng_shim_request* request, Span<byte> output)
    {
        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_LOOKUP:
                Lookup(request);
                break;
            case lrng_shim_operation.LRNG_SHIM_GETATTR:
                lrng_shim_attributes attributes = AttributesOf(request->node);
                _ = lrng_shim_reply_attributes(request->handle, &attributes);
                break;
            case lrng_shim_operation.LRNG_SHIM_READDIR:
                ReadDirectory(request, output);
                break;
            default:
                HandleFile(request, output);
                break;
        }
    }

    public void Interrupted(ulong token) => files.Interrupted(token);

    private void HandleFile(lrng_shim_request* request, Span<byte> output)
    {
        foreach ((ulong node, _, DeviceNode device) in s_files)
        {
            if (node == request->node)
            {
                files.Handle(device, request, output);
                return;
            }
        }

        _ = lrng_shim_reply_error(request->handle, Linux.EINVAL);
    }

    private void Lookup(lrng_shim_request* request)
    {
        ReadOnlySpan<byte> wanted = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(request->data);
        foreach ((ulong node, string name, _) in s_files)
        {
            if (System.Text.Ascii.Equals(wanted, name))
            {
                lrng_shim_attributes attributes = AttributesOf(node);
                _ = lrng_shim_reply_entry(request->handle, &attributes);
                return;
            }
        }

        _ = lrng_shim_reply_error(request->handle, Linux.ENOENT);
    }

    private void ReadDirectory(lrng_shim_request* request, Span<byte> output)
    {
        (ulong Node, string Name)[] entries = [(RootNode, "."), (RootNode, ".."), .. s_files.Select(file => (file.Node, file.Name))];
        Span<byte> room = output[..(int)Math.Min(request->size, (ulong)output.Length)];
        int used = 0;
        fixed (byte* start = room)
        {
            for (int i = (int)request->offset; i < entries.Length; i++)
            {
                lrng_shim_attributes attributes = AttributesOf(entries[i].Node);
                ulong left = (ulong)(room.Length - used);
                ulong size = lrng_shim_add_entry(request->handle, start + used, left, entries[i].Name, &attributes, i + 1);
                if (size > left)
                {
                    break;
                }

                used += (int)size;
            }

            _ = lrng_shim_reply_data(request->handle, start, (ulong)used);
        }
    }

    private lrng_shim_attributes AttributesOf(ulong node) => new()
    {
        node = node,
        mode = node == RootNode ? DirectoryMode : FileMode,
        links = node == RootNode ? 2u : 1u,
        uid = ownerId,
        gid = groupId,
    };
}
