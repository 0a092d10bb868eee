namespace Parley.SocketIO;

/// <summary>
/// Says what a namespace's class handles. It is implemented by what is generated into a class that is marked with
/// <see cref="NamespaceAttribute"/>; a class that does not implement it was compiled without the generator of Parley.SocketIO.
/// </summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface INamespaceHandler<TSelf>
    where TSelf : NamespaceHandler, INamespaceHandler<TSelf>
{
    /// <summary>Tells the definition all there is to know of the class.</summary>
    static abstract void Define(NamespaceDefinition<TSelf> definition);
}
