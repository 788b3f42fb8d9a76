// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// The names and attributes in the FUSE mount. Requests for open files go on to DeviceFiles, TextFiles, SysctlFiles, RecordingFiles and
// HashFiles.

using System.Runtime.InteropServices;
using LrngCuse.Interop;
using static LrngCuse.Interop.Shim;

namespace LrngCuse.Transports.Mount;

/// <summary>Serves a tree of directories, devices, text files, recordings and hashes.</summary>
internal sealed unsafe class MountTree(
    MountIndex index, DeviceFiles devices, RecordingFiles recordings, uint ownerId, uint groupId) : ISessionHandler
{
    private readonly MountIndex _index = index;
    private readonly TextFiles _texts = new(devices.NextFile);

    public void Handle(lrng_shim_request* request, Span<byte> output)
    {
        if (!_index.TryGet(request->node, out MountNode? node))
        {
            _ = lrng_shim_reply_error(request->handle, Linux.ENOENT);
            return;
        }

        switch (request->operation)
        {
            case lrng_shim_operation.LRNG_SHIM_LOOKUP:
                Lookup(request);
                break;
            case lrng_shim_operation.LRNG_SHIM_GETATTR:
                ReplyAttributes(request, node);
                break;
            case lrng_shim_operation.LRNG_SHIM_SETATTR:
                SetAttributes(request, node);
                break;
            case lrng_shim_operation.LRNG_SHIM_READDIR:
                ReadDirectory(request, output);
                break;
            case lrng_shim_operation.LRNG_SHIM_READ when request->argument == 0:
                // For the page cache: it would give the same bytes to everybody, and nobody can open the file while it waits.
                _ = lrng_shim_reply_error(request->handle, Linux.EINVAL);
                break;
            default:
                HandleFile(request, node, output);
                break;
        }
    }

    public void Interrupted(ulong token) => devices.Interrupted(token);

    private void HandleFile(lrng_shim_request* request, MountNode node, Span<byte> output)
    {
        switch (node)
        {
            case DeviceFile file:
                devices.Handle(file.Device, request, output);
                break;
            case TextFile file:
                _texts.Handle(file, request);
                break;
            case SysctlFile file:
                SysctlFiles.Handle(file, request);
                break;
            case RecordingFile file:
                recordings.Handle(file, request, output);
                break;
            case HashFile file:
                HashFiles.Handle(file, request, output);
                break;
            default:
                _ = lrng_shim_reply_error(request->handle, Linux.EINVAL);
                break;
        }
    }

    private void Lookup(lrng_shim_request* request)
    {
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(request->data);
        if (!_index.TryFind(request->node, name, out ulong number, out MountNode? found))
        {
            _ = lrng_shim_reply_error(request->handle, Linux.ENOENT);
            return;
        }

        lrng_shim_attributes attributes = AttributesOf(number, found);
        _ = lrng_shim_reply_entry(request->handle, &attributes);
    }

    // Owner and mode are the daemon's. Shells truncate what they write to, and touch(1) sets times: that succeeds without effect
    // on what can be written, as on a device node. Only what is to be hashed is kept for its reader, and so is emptied.
    private void SetAttributes(lrng_shim_request* request, MountNode node)
    {
        if ((request->command & (Linux.FATTR_MODE | Linux.FATTR_UID | Linux.FATTR_GID)) != 0)
        {
            _ = lrng_shim_reply_error(request->handle, Linux.EPERM);
        }
        else if ((request->command & Linux.FATTR_SIZE) != 0
            && node is not (DeviceFile or TextFile { Written: not null } or SysctlFile { Write: not null })
            && !(node is HashFile file && HashFiles.TryTruncate(file, request)))
        {
            _ = lrng_shim_reply_error(request->handle, Linux.EACCES);
        }
        else
        {
            ReplyAttributes(request, node);
        }
    }

    private void ReplyAttributes(lrng_shim_request* request, MountNode node)
    {
        lrng_shim_attributes attributes = AttributesOf(request->node, node);
        _ = lrng_shim_reply_attributes(request->handle, &attributes);
    }

    private void ReadDirectory(lrng_shim_request* request, Span<byte> output)
    {
        IReadOnlyList<(ulong Number, string Name, MountNode Node)> entries = _index.List(request->node);
        Span<byte> room = output[..(int)Math.Min(request->size, (ulong)output.Length)];
        int used = 0;
        fixed (byte* start = room)
        {
            for (int i = (int)Math.Clamp(request->offset, 0, entries.Count); i < entries.Count; i++)
            {
                lrng_shim_attributes attributes = AttributesOf(entries[i].Number, entries[i].Node);
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

    private lrng_shim_attributes AttributesOf(ulong number, MountNode node) => new()
    {
        node = number,
        mode = node.Mode,
        links = node is MountDirectory directory ? 2 + (uint)directory.Entries.Count(entry => entry is MountDirectory) : 1,
        uid = ownerId,
        gid = groupId,
    };
}
