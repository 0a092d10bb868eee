using Parley.Net.Sockets;

namespace Parley.Net.Tests.Sockets;

public sealed class OpenFileLimitTests
{
    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max open files            ", null)]
    [InlineData("Max processes             96365                96365                processes ", null)]
    [InlineData("", null)]
    public void The_soft_limit_counts(string line, long? limit) =>
        OpenFileLimit.Find($"Limit                     Soft Limit           Hard Limit           Units     \n{line}\nMax file locks            7                    8    locks\n").ShouldBe(limit);

    [Fact]
    public void What_this_machine_says_is_understood()
    {
        long? limit = OpenFileLimit.Read();
        (limit is null or > 0).ShouldBeTrue($"{limit}");
    }
}
