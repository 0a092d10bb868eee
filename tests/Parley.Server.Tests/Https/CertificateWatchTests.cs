using Parley.Server.Https;
using Parley.Server.Tests.Configuration;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Https;

public sealed class CertificateWatchTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly RecordingLogger<CertificateWatch> _log = new();
    private readonly List<TestCertificate> _made = [];

    public void Dispose()
    {
        _made.ForEach(certificate => certificate.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void A_renewed_pair_is_taken_without_a_word_of_warning()
    {
        var (watch, certificate) = Start(Make(days: 90));
        watch.Check();
        _log.Lines.ShouldBeEmpty();
        var renewed = Make(days: 180);
        Write(renewed);

        watch.Check();
        watch.Check();

        certificate.Current.Leaf.Thumbprint.ShouldBe(renewed.Thumbprint);
        certificate.Context.TargetCertificate.Thumbprint.ShouldBe(renewed.Thumbprint);
        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("Information CertificateRenewed: ");
    }

    [Fact]
    public void A_pair_behind_symbolic_links_that_are_swapped_is_taken()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // As Kubernetes does it: cert.pem -> current/cert.pem, current -> one or the other.
        var (first, second) = (Make(days: 90), Make(days: 180));
        WriteInto("one", first);
        WriteInto("two", second);
        Directory.CreateSymbolicLink(_folder.File("current"), _folder.File("one"));
        File.CreateSymbolicLink(_folder.File("cert.pem"), _folder.File("current/cert.pem"));
        File.CreateSymbolicLink(_folder.File("key.pem"), _folder.File("current/key.pem"));
        var (watch, certificate) = Start();
        certificate.Current.Leaf.Thumbprint.ShouldBe(first.Thumbprint);

        Directory.CreateSymbolicLink(_folder.File("next"), _folder.File("two"));
        File.Delete(_folder.File("current"));
        Directory.Move(_folder.File("next"), _folder.File("current"));
        watch.Check();

        certificate.Current.Leaf.Thumbprint.ShouldBe(second.Thumbprint);
    }

    [Fact]
    public void A_broken_pair_changes_nothing_and_is_warned_of_once()
    {
        var first = Make(days: 90);
        var (watch, certificate) = Start(first);
        _folder.Write("cert.pem", Make(days: 180).FullChain);

        for (var look = 0; look < 5; look++)
        {
            watch.Check();
        }

        certificate.Current.Leaf.Thumbprint.ShouldBe(first.Thumbprint);
        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("Warning CertificateNotRenewed: ");
        _log.Lines[0].ShouldContain("Parley:Https:Key");
    }

    [Fact]
    public void A_certificate_that_cannot_be_served_changes_nothing_and_is_warned_of()
    {
        using var first = Parse(Make(days: 90));
        var certificate = new ServerCertificate(first);
        var renewed = Make(days: 180);
        var watch = new CertificateWatch(new Keyless(renewed), certificate, _time, _log);

        watch.Check();
        watch.Check();

        certificate.Current.ShouldBe(first);
        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("Warning CertificateNotRenewed: ");
    }

    [Fact]
    public void A_pair_of_which_one_file_is_new_already_is_waited_for_in_silence()
    {
        var (watch, certificate) = Start(Make(days: 90));
        var renewed = Make(days: 180);
        _folder.Write("cert.pem", renewed.FullChain);
        watch.Check();
        _folder.Write("key.pem", renewed.Key);
        watch.Check();

        certificate.Current.Leaf.Thumbprint.ShouldBe(renewed.Thumbprint);
        _log.Lines.ShouldAllBe(line => line.StartsWith("Information"));
    }

    [Fact]
    public void Another_problem_is_another_warning()
    {
        var (watch, _) = Start(Make(days: 90));
        File.Delete(_folder.File("cert.pem"));
        watch.Check();
        watch.Check();
        _folder.Write("cert.pem", "nonsense");
        watch.Check();
        watch.Check();

        _log.Lines.Count.ShouldBe(2);
    }

    [Fact]
    public void A_pair_that_is_over_does_not_replace_one_that_is_good()
    {
        var first = Make(days: 90);
        var (watch, certificate) = Start(first);
        Write(Make(days: -1));

        watch.Check();
        watch.Check();

        certificate.Current.Leaf.Thumbprint.ShouldBe(first.Thumbprint);
        _log.Lines.ShouldHaveSingleItem().ShouldContain("CertificateNotRenewed");
    }

    [Fact]
    public void Where_none_is_good_the_newest_is_used_and_its_dates_are_told_once()
    {
        var (watch, certificate) = Start(Make(days: -10));
        watch.Check();
        watch.Check();
        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("Warning CertificateOutdated: ");

        var newer = Make(days: -1);
        Write(newer);
        watch.Check();

        certificate.Current.Leaf.Thumbprint.ShouldBe(newer.Thumbprint);
    }

    [Fact]
    public void The_end_of_the_one_in_use_is_told()
    {
        var (watch, _) = Start(Make(days: 90));
        watch.Check();
        _time.Advance(TimeSpan.FromDays(91));
        watch.Check();
        watch.Check();

        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("Warning CertificateOutdated: ");
    }

    private TestCertificate Make(int days)
    {
        var certificate = new TestCertificate("meet.example", _time.Now.AddDays(-20), _time.Now.AddDays(days));
        _made.Add(certificate);
        return certificate;
    }

    private void Write(TestCertificate certificate) => WriteInto(".", certificate);

    private void WriteInto(string folder, TestCertificate certificate)
    {
        _folder.Write($"{folder}/cert.pem", certificate.FullChain);
        _folder.Write($"{folder}/key.pem", certificate.Key);
    }

    private (CertificateWatch Watch, ServerCertificate Certificate) Start(TestCertificate? first = null)
    {
        if (first is not null)
        {
            Write(first);
        }

        var files = new PemFiles(ParleyOptionsTests.Reader().Section("Https"), _folder.File("cert.pem"), _folder.File("key.pem"));
        var certificate = new ServerCertificate(files.Read());
        return (new(files, certificate, _time, _log), certificate);
    }

    private static LoadedCertificate Parse(TestCertificate certificate) => LoadedCertificate.Parse(certificate.FullChain, certificate.Key);

    private sealed class Keyless(TestCertificate certificate) : ICertificateSource
    {
        public LoadedCertificate Read() => new(certificate.Public, []);
    }
}
