using System.ComponentModel;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>Writes the arguments of an event, one call each, in order. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ClientArguments
{
    private readonly ArgumentWriter _writer;

    internal ClientArguments(ArgumentWriter writer) => _writer = writer;

    /// <summary>Writes the next argument.</summary>
    public void Write<T>(T value) => _writer.Write(value);
}
