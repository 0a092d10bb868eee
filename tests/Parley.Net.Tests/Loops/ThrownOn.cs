using System.Runtime.ExceptionServices;
using Parley.Net.Loops;

namespace Parley.Net.Tests.Loops;

/// <summary>Counts what is thrown on a loop's thread, whether somebody catches it or not.</summary>
internal sealed class ThrownOn : IDisposable
{
    private readonly EventLoop _loop;

    public ThrownOn(EventLoop loop)
    {
        _loop = loop;
        AppDomain.CurrentDomain.FirstChanceException += Count;
    }

    public int Exceptions { get; private set; }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Count;

    private void Count(object? sender, FirstChanceExceptionEventArgs e) => Exceptions += _loop.IsOwner ? 1 : 0;
}
