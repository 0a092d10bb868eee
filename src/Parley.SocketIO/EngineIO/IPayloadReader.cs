namespace Parley.SocketIO.EngineIO;

/// <summary>Takes a polling payload apart, packet by packet.</summary>
internal interface IPayloadReader
{
    /// <summary>The next packet; false at the end. A packet that breaks the payload's form is null: nothing after it can be read.</summary>
    bool TryRead(out ReadOnlyMemory<byte>? packet, out bool isBinary);
}
