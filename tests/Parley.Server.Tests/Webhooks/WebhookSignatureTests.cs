using System.Text;
using Parley.Server.Webhooks;

namespace Parley.Server.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    [Fact]
    public void The_example_of_Standard_Webhooks_is_signed_as_there()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        WebhookSignature.Of([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""))
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0.5, 1.5)]
    [InlineData(9, 1, 256)]
    [InlineData(9, 0, 128)]
    public void Each_pause_is_twice_the_one_before_and_up_to_half_of_it_is_left_to_chance(int attempt, double chance, double seconds) =>
        Backoff.After(attempt, chance).ShouldBe(TimeSpan.FromSeconds(seconds));
}
