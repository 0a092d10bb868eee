using System.Runtime.InteropServices;

namespace Parley.TurnLoad;

/// <summary>
/// Which of many sockets have something to read: Linux's epoll, which costs as much as there is to read, however many sockets there are.
/// </summary>
internal sealed partial class Readiness : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const int Most = 512;

    // struct epoll_event { uint32_t events; uint64_t data; }, which is packed on x86-64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventLength = DataOffset + sizeof(ulong);

    private readonly int _epoll = Check(Create(0));
    private readonly byte[] _events = new byte[Most * EventLength];

    /// <summary>From now on this is one of them, until it is closed.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="name">What <see cref="NameOf"/> answers.</param>
    public void Watch(int descriptor, int name)
    {
        Span<byte> what = stackalloc byte[EventLength];
        what.Clear();
        MemoryMarshal.Write(what, Readable);
        MemoryMarshal.Write(what[DataOffset..], (ulong)name);
        Check(Control(_epoll, Add, descriptor, what));
    }

    /// <summary>Waits until there is something to read, at most so long; answers how many sockets have something.</summary>
    public int Wait(int milliseconds)
    {
        int count = Wait(_epoll, _events, Most, milliseconds);
        // A signal is no reason to stop.
        return count < 0 && Marshal.GetLastPInvokeError() == 4 ? 0 : Check(count);
    }

    /// <summary>The name of the socket that <see cref="Wait(int)"/> has found as the <paramref name="index"/>-th one.</summary>
    public int NameOf(int index) => (int)MemoryMarshal.Read<ulong>(_events.AsSpan((index * EventLength) + DataOffset));

    public void Dispose() => _ = Close(_epoll);

    private static int Check(int result) =>
        result >= 0 ? result : throw new LoadFailedException($"epoll: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, Span<byte> what);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, Span<byte> events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
