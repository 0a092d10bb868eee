using Microsoft.CodeAnalysis;

namespace Parley.SocketIO.Generators.Tests;

public sealed class GenerationTests
{
    private const string Both = """
        [TypedClient] public partial interface IClient { void Said(string text); Task<int> Age(); }
        [Namespace("/a")] public partial class N : NamespaceHandler<IClient> { [On] public int M(string a) => 1; }
        """;

    [Theory]
    [InlineData("[Namespace] partial class N : NamespaceHandler;")]
    [InlineData("namespace A.B; [Namespace] sealed partial class N : NamespaceHandler { [On] void M() { } }")]
    [InlineData("namespace @event.@class { partial struct @if { [Namespace] private partial class @in : NamespaceHandler { [On] void @do() { } } } }")]
    [InlineData("[Namespace(\"\\\"\\\\\")] partial class N : NamespaceHandler { [On(\"\\n\\\"\")] void M() { } }")]
    [InlineData("enum E { A, B } [Namespace] partial class N : NamespaceHandler { [On] void M(E e = E.B, string? a = \"\\\"\", double d = 1.5, decimal m = 2.5m, char c = '\\'', long l = long.MinValue, DateTime t = default, int? i = 3, float f = 0.1f) { } }")]
    [InlineData("[Namespace] partial class N : NamespaceHandler { private sealed record P(int A); [On] private Task<P?> M(P a, P? b, List<P> c, int[] d, Dictionary<string, P?> e) => Task.FromResult<P?>(a); }")]
    [InlineData("abstract class B : NamespaceHandler { [On] protected abstract Task M(int a); [On] protected virtual void V() { } } [Namespace] partial class N : B { protected override Task M(int a) => Task.CompletedTask; [On(\"w\")] protected override void V() { } }")]
    [InlineData("class S; [Namespace] partial class N(List<string?> l, S s, IServiceProvider p, SocketNamespace n, Socket k, S? o = null, int i = 3) : NamespaceHandler { object A => (l, s, p, n, k, o, i); }")]
    [InlineData("class S; [Namespace] partial class N : NamespaceHandler { public N() { } [Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor] private N(S s) { } }")]
    [InlineData("[AttributeUsage(AttributeTargets.All)] class A(Type t, params object?[] all) : Microsoft.AspNetCore.Authorization.AuthorizeAttribute { public DayOfWeek[]? Days { get; set; } public Type T => t; public object?[] All => all; } [Namespace, A(typeof(List<>), 1, null, \"x\", DayOfWeek.Friday, Days = new[] { DayOfWeek.Monday }, Roles = \"r\")] partial class N : NamespaceHandler { [On, A(typeof(int))] void M() { } }")]
    [InlineData("[Obsolete] class Old; [Namespace] partial class N : NamespaceHandler { [On, Obsolete] Old M() => null!; }")]
    [InlineData("[TypedClient] public partial interface I { void @in(int @out, string? b); EmitResult A(); ValueTask<EmitResult> B(CancellationToken c); Task C(CancellationToken c, int d); Task<int?> D(); Task<List<string?>> E(); Task<EventArguments> F(); Task<IReadOnlyList<BroadcastAnswer<int[]>>> G(byte[] a, CancellationToken b = default); }")]
    [InlineData("interface B { void A(int a); } partial class Outer { [TypedClient] private protected partial interface I : B { void A(string a); void C() { } static int D => 1; } }")]
    [InlineData("[TypedClient] public partial interface I { void A(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k); }")]
    [InlineData(Both)]
    public void What_is_generated_compiles_without_a_warning(string source)
    {
        var run = GeneratorRun.Of(source);
        run.Findings.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty(run.Generated);
        run.Generated.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("JoinRoom", "joinRoom")]
    [InlineData("JoinRoomAsync", "joinRoom")]
    [InlineData("Async", "async")]
    [InlineData("URLChanged", "urlChanged")]
    [InlineData("ID", "id")]
    [InlineData("already", "already")]
    [InlineData("A", "a")]
    public void An_event_without_a_name_has_its_methods_in_camel_case(string method, string name)
    {
        GeneratorRun.Of($"[Namespace] partial class N : NamespaceHandler {{ [On] void {method}() {{ }} }}").Generated
            .ShouldContain($"definition.On(\"{name}\", ");
        GeneratorRun.Of($"[TypedClient] partial interface I {{ void {method}(); }}").Generated
            .ShouldContain($"target.Emit(\"{name}\", ");
    }

    [Fact]
    public void An_overridden_method_keeps_the_rules_of_what_it_overrides()
    {
        var run = GeneratorRun.Of("""
            using Microsoft.AspNetCore.Authorization;
            class B : NamespaceHandler { [On("e"), Authorize("base")] public virtual void M() { } }
            [Namespace] partial class N : B { [Authorize("derived")] public override void M() { } }
            """);
        run.Findings.ShouldBeEmpty();
        run.Generated.ShouldContain("AuthorizeAttribute(\"derived\"), new global::Microsoft.AspNetCore.Authorization.AuthorizeAttribute(\"base\")");
    }

    [Fact]
    public void Nothing_is_read_again_for_what_somebody_types_elsewhere_and_nothing_written_for_what_says_the_same()
    {
        var first = GeneratorRun.Of(Both);
        foreach (var elsewhere in new[] { "class C { }", "// only a comment" })
        {
            var reasons = Reasons(first.Beside(elsewhere));
            reasons.Count.ShouldBe(2);
            reasons.ShouldAllBe(r => r == IncrementalStepRunReason.Unchanged || r == IncrementalStepRunReason.Cached);
        }

        var changed = first.Beside("partial class N { [On] public void Another() { } }");
        Reasons(changed).ShouldContain(IncrementalStepRunReason.Modified);
        changed.Generated.ShouldContain("\"another\"");
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorRun run)
    {
        var steps = run.Driver.GetRunResult().Results.Single().TrackedSteps;
        return [.. new[] { SocketIOGenerator.NamespaceStep, SocketIOGenerator.ClientStep }.SelectMany(s => steps[s]).SelectMany(s => s.Outputs).Select(o => o.Reason)];
    }
}
