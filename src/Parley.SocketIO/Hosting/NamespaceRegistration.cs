namespace Parley.SocketIO.Hosting;

/// <summary>A class that handles a namespace, or those of a pattern, as soon as there is a server.</summary>
internal sealed record NamespaceRegistration(string Name, Type Handler, Action<SocketServer, IServiceProvider> Attach);
