namespace Parley.SocketIO.Packets;

/// <summary>
/// The attachments of the packet that this thread is writing or reading. A JSON converter is shared by all packets and gets no
/// state of its own, so the state travels beside it, on the thread: serialization is synchronous from begin to end.
/// </summary>
internal readonly ref struct AttachmentScope
{
    [ThreadStatic]
    private static List<ReadOnlyMemory<byte>>? t_outgoing;

    [ThreadStatic]
    private static IReadOnlyList<ReadOnlyMemory<byte>>? t_incoming;

    private readonly List<ReadOnlyMemory<byte>>? _outerOutgoing;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _outerIncoming;

    private AttachmentScope(List<ReadOnlyMemory<byte>>? outgoing, IReadOnlyList<ReadOnlyMemory<byte>>? incoming)
    {
        // A property getter may emit while it is being serialized: the outer packet's state is put back afterwards.
        (_outerOutgoing, _outerIncoming) = (t_outgoing, t_incoming);
        (t_outgoing, t_incoming) = (outgoing, incoming);
    }

    public static AttachmentScope ForWriting(List<ReadOnlyMemory<byte>> attachments) => new(attachments, null);

    public static AttachmentScope ForReading(IReadOnlyList<ReadOnlyMemory<byte>> attachments) => new(null, attachments);

    /// <summary>Copies the bytes into the packet; the number of the attachment.</summary>
    /// <exception cref="InvalidOperationException">No packet is being written.</exception>
    public static int Add(ReadOnlySpan<byte> bytes)
    {
        var attachments = t_outgoing
            ?? throw new InvalidOperationException("Attachments can only be written as part of a Socket.IO packet.");
        attachments.Add(bytes.ToArray());
        return attachments.Count - 1;
    }

    public static bool TryGet(int number, out ReadOnlyMemory<byte> attachment)
    {
        attachment = default;
        if (t_incoming is not { } attachments || number < 0 || number >= attachments.Count)
        {
            return false;
        }

        attachment = attachments[number];
        return true;
    }

    public void Dispose() => (t_outgoing, t_incoming) = (_outerOutgoing, _outerIncoming);
}
