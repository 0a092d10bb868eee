using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Parley.SocketLoad;

/// <summary>
/// Waits on many sockets with one thread (epoll(7)). The runtime's own socket engine hands every arrival to another thread, which
/// costs a load generator more than it costs the server to answer.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int MaxEvents = 256;
    private const uint Readable = 0x001;
    private const uint Writable = 0x004;
    private const int AddSocket = 1;
    private const int RemoveSocket = 2;
    private const int ModifySocket = 3;

    // The kernel's struct is packed on x64 only: 32 bits of events, then 64 bits of the caller's.
    private static readonly int EventLength = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly int _handle = Create(0);
    private readonly byte[] _events = new byte[MaxEvents * EventLength];

    public void Add(Socket socket, int index) => Control(AddSocket, socket, index, Readable);

    public void Remove(Socket socket) => Control(RemoveSocket, socket, 0, 0);

    public void WatchWrites(Socket socket, int index, bool isWatched) =>
        Control(ModifySocket, socket, index, isWatched ? Readable | Writable : Readable);

    /// <summary>Waits at most so many milliseconds; the indexes of the sockets that are ready.</summary>
    /// <param name="milliseconds">At most so many; 0 only looks.</param>
    /// <param name="ready">Called for each.</param>
    public unsafe void Wait(int milliseconds, Action<int> ready)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = Wait(_handle, events, MaxEvents, milliseconds);
        }

        for (var i = 0; i < count; i++)
        {
            var entry = _events.AsSpan(i * EventLength, EventLength);
            ready((int)BinaryPrimitives.ReadInt64LittleEndian(entry[^8..]));
        }
    }

    public void Dispose() => _ = Close(_handle);

    private unsafe void Control(int operation, Socket socket, int index, uint events)
    {
        Span<byte> entry = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, events);
        BinaryPrimitives.WriteInt64LittleEndian(entry[(EventLength - 8)..], index);
        fixed (byte* pointer = entry)
        {
            if (Control(_handle, operation, (int)socket.Handle, pointer) != 0)
            {
                throw new LoadFailedException($"epoll_ctl: error {Marshal.GetLastPInvokeError()}.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static unsafe partial int Control(int handle, int operation, int socket, byte* entry);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static unsafe partial int Wait(int handle, byte* events, int maxEvents, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
