using System.Globalization;

namespace Parley.SocketIO.Generators.Tests;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("PSIO001", "N", "[Namespace] class N : NamespaceHandler;")]
    [InlineData("PSIO001", "N", "class Outer { [Namespace] partial class N : NamespaceHandler; }")]
    [InlineData("PSIO001", "I", "[TypedClient] interface I { void E(); }")]
    [InlineData("PSIO002", "N", "[Namespace] partial class N;")]
    [InlineData("PSIO003", "N", "[Namespace] abstract partial class N : NamespaceHandler;")]
    [InlineData("PSIO003", "N", "[Namespace] partial class N<T> : NamespaceHandler;")]
    [InlineData("PSIO003", "N", "partial class Outer<T> { [Namespace] partial class N : NamespaceHandler; }")]
    [InlineData("PSIO004", "N", "[Namespace] partial class N : NamespaceHandler { public N() { } public N(int a) { } }")]
    [InlineData("PSIO005", "N", "[Namespace(\"a,b\")] partial class N : NamespaceHandler;")]
    [InlineData("PSIO005", "N", "[Namespace(\"\")] partial class N : NamespaceHandler;")]
    [InlineData("PSIO006", "M", "[Namespace] partial class N : NamespaceHandler { [On] public void M<T>(T a) { } }")]
    [InlineData("PSIO007", "M", "[Namespace] partial class N : NamespaceHandler { [On] public static void M() { } }")]
    [InlineData("PSIO007", "M", "class B : NamespaceHandler { [On] private void M() { } } [Namespace] partial class N : B;")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M(ref int a) { } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M(in int a) { } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M(out int a) { a = 1; } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M(params int[] a) { } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M(ReadOnlySpan<byte> a) { } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M(Action a) { } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N : NamespaceHandler { [On] public void M((int, int) a) { } }")]
    [InlineData("PSIO008", "a", "[Namespace] partial class N(ref readonly int a) : NamespaceHandler { int A => 1; }")]
    [InlineData("PSIO008", "a", "[TypedClient] partial interface I { void E(ref int a); }")]
    [InlineData("PSIO008", "a", "[TypedClient] partial interface I { void E(SocketEvent a); }")]
    [InlineData("PSIO008", "a", "[TypedClient] partial interface I { void E(CancellationToken a); }")]
    [InlineData("PSIO008", "b", "[TypedClient] partial interface I { Task E(CancellationToken a, CancellationToken b); }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [On] public async void M() { await Task.Yield(); } }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [On] public IAsyncEnumerable<int> M() => null!; }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [On] public Task<Task> M() => null!; }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [On] public Action M() => null!; }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [On] public EventResult M() => null!; }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { int _a; [On] public ref int M() => ref _a; }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [On] public (int, int, int, int, int) M() => default; }")]
    [InlineData("PSIO009", "M", "[Namespace] partial class N : NamespaceHandler { [OnAny] public int M() => 1; }")]
    [InlineData("PSIO009", "E", "[TypedClient] partial interface I { int E(); }")]
    [InlineData("PSIO009", "E", "[TypedClient] partial interface I { ValueTask<int> E(); }")]
    [InlineData("PSIO009", "E", "[TypedClient] partial interface I { Task<EmitResult> E(); }")]
    [InlineData("PSIO009", "E", "[TypedClient] partial interface I { Task<IReadOnlyList<BroadcastAnswer<Action>>> E(); }")]
    [InlineData("PSIO010", "M", "[Namespace] partial class N : NamespaceHandler { [On(\"connect_error\")] public void M() { } }")]
    [InlineData("PSIO010", "Disconnect", "[Namespace] partial class N : NamespaceHandler { [On] public void Disconnect() { } }")]
    [InlineData("PSIO010", "NewListener", "[TypedClient] partial interface I { void NewListener(); }")]
    [InlineData("PSIO010", "E", "[TypedClient] partial interface I { [EventName(\"disconnecting\")] void E(); }")]
    [InlineData("PSIO011", "B", "[Namespace] partial class N : NamespaceHandler { [On(\"e\")] public void A() { } [On(\"e\")] public void B() { } }")]
    [InlineData("PSIO011", "M", "class A : NamespaceHandler { [On(\"b\")] public void M() { } } [Namespace] partial class N : A { [On] public void B() { } }")]
    [InlineData("PSIO012", "a", "[Namespace] partial class N : NamespaceHandler { [OnAny] public void M(int a) { } }")]
    [InlineData("PSIO013", "N", "interface I { void E(); } [Namespace] partial class N : NamespaceHandler<I>;")]
    [InlineData("PSIO014", "P", "[TypedClient] partial interface I { int P { get; } }")]
    [InlineData("PSIO014", "E", "[TypedClient] partial interface I { event Action E; }")]
    [InlineData("PSIO014", "E", "[TypedClient] partial interface I { void E<T>(T a); }")]
    [InlineData("PSIO014", "E", "[TypedClient] partial interface I { static abstract void E(); }")]
    [InlineData("PSIO014", "I", "[TypedClient] partial interface I<T> { void E(T a); }")]
    [InlineData("PSIO014", "I", "[TypedClient] partial interface I : System.ComponentModel.INotifyPropertyChanged;")]
    [InlineData("PSIO015", "N", "[Namespace, Microsoft.AspNetCore.Authorization.Authorize(AuthenticationSchemes = \"a\")] partial class N : NamespaceHandler;")]
    [InlineData("PSIO015", "M", "[Namespace] partial class N : NamespaceHandler { [On, Microsoft.AspNetCore.Authorization.Authorize(AuthenticationSchemes = \"a\")] public void M() { } }")]
    [InlineData("PSIO016", "M", "[Namespace] partial class N : NamespaceHandler { [OnAny, Microsoft.AspNetCore.Authorization.Authorize] public void M() { } }")]
    public void A_bad_shape_is_reported_where_it_stands_and_nothing_is_generated(string id, string place, string source)
    {
        var run = GeneratorRun.Of(source);
        run.Findings.ShouldNotBeEmpty();
        var finding = run.Findings[0];
        finding.Id.ShouldBe(id, finding.ToString());
        finding.Severity.ShouldBe(Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        finding.GetMessage(CultureInfo.InvariantCulture).ShouldNotContain("{");
        var text = ("#nullable enable\n" + source).Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length);
        text.ShouldBe(place);
        run.Generated.ShouldBeEmpty();
        run.Findings.ShouldAllBe(f => f.Id == id);
    }
}
