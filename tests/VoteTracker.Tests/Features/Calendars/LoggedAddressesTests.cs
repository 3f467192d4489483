using System.Net;
using System.Net.Http.Json;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>The log of the sample of nginx has no secret of a calendar or a share link.</summary>
public sealed class LoggedAddressesTests
{
    private const string Secret = "m4tq8zr2ykwdp9wd5hx2mkqe7mq2xw9t";

    [Test]
    public async Task The_log_of_nginx_has_no_address_that_is_secret()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        await using var nginx = await Process.Nginx.Before(service.Address);
        using var admin = nginx.Client(App.AdminKey);
        using var anonymous = nginx.Client();
        using var made = await admin.PostAsJsonAsync("v1/calendars", new { kind = "personal" });
        var calendar = new CalendarAddress(await made.Json());
        using var read = await anonymous.GetAsync(calendar.Path);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var shared = await anonymous.GetAsync($"shared/{Secret}");
        shared.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var last = await anonymous.GetAsync("v1/sessions");
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (!nginx.AccessLog.Contains("/v1/sessions", StringComparison.Ordinal))
        {
            await Task.Delay(10, limit.Token);
        }
        nginx.AccessLog.ShouldNotContain(calendar.Secret);
        nginx.AccessLog.ShouldNotContain(Secret);
    }
}
