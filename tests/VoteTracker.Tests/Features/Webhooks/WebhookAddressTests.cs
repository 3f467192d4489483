using System.Net;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Webhooks;

/// <summary>Addresses that are refused: when a webhook is saved, when it connects, and at a redirect.</summary>
public sealed class WebhookAddressTests
{
    [TestCase("https://127.0.0.1/")]
    [TestCase("https://127.1/")]
    [TestCase("https://0x7f.1/")]
    [TestCase("https://2130706433/")]
    [TestCase("https://017700000001/")]
    [TestCase("https://0.0.0.0/")]
    [TestCase("https://10.1.2.3/")]
    [TestCase("https://100.64.0.1/")]
    [TestCase("https://169.254.169.254/latest/meta-data/")]
    [TestCase("https://172.16.0.1/")]
    [TestCase("https://192.168.0.1/")]
    [TestCase("https://168.63.129.16/")]
    [TestCase("https://224.0.0.1/")]
    [TestCase("https://255.255.255.255/")]
    [TestCase("https://[::1]/")]
    [TestCase("https://[::]/")]
    [TestCase("https://[::ffff:127.0.0.1]/")]
    [TestCase("https://[::ffff:a9fe:a9fe]/")]
    [TestCase("https://[::127.0.0.1]/")]
    [TestCase("https://[64:ff9b::7f00:1]/")]
    [TestCase("https://[64:ff9b:1::1]/")]
    [TestCase("https://[2002:7f00:1::]/")]
    [TestCase("https://[2001::1]/")]
    [TestCase("https://[fe80::1]/")]
    [TestCase("https://[fe80::1%25eth0]/")]
    [TestCase("https://[fd00:ec2::254]/")]
    [TestCase("https://[ff02::1]/")]
    [TestCase("https://localhost/")]
    [TestCase("https://localhost./")]
    [TestCase("https://LOCALHOST:443/")]
    public async Task A_private_address_is_refused_also_if_a_name_resolves_to_it(string url)
    {
        using var app = new App();
        var faults = await app.Coordinator.Faults("/v1/webhooks", new { url, events = (string[])["stance.changed"] });
        faults["url"].ShouldContain("private");
        (await app.Coordinator.GetItems("/v1/webhooks")).ShouldBeEmpty();
    }

    [TestCase("8.8.8.8", true)]
    [TestCase("1.1.1.1", true)]
    [TestCase("172.15.255.255", true)]
    [TestCase("172.32.0.0", true)]
    [TestCase("100.128.0.0", true)]
    [TestCase("192.0.1.0", true)]
    [TestCase("223.255.255.255", true)]
    [TestCase("2606:4700::1111", true)]
    [TestCase("64:ff9b::808:808", true)]
    [TestCase("::ffff:8.8.8.8", true)]
    [TestCase("100.127.255.255", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("192.0.0.192", false)]
    [TestCase("198.18.0.1", false)]
    [TestCase("203.0.113.7", false)]
    [TestCase("2001:db8::1", false)]
    [TestCase("3fff::1", false)]
    [TestCase("4000::1", false)]
    [TestCase("fec0::1", false)]
    public void An_address_is_public_outside_the_networks_for_special_purposes(string address, bool isPublic) =>
        PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBe(isPublic);

    [TestCase("127.0.0.1:9000", "127.0.0.1", 9000, true)]
    [TestCase("127.0.0.1:9000", "127.0.0.1", 9001, false)]
    [TestCase("127.0.0.1", "127.0.0.1", 9001, true)]
    [TestCase("a.example.org, Chat.Example.org", "chat.example.org", 443, true)]
    [TestCase("chat.example.org", "chat.example.org.", 443, true)]
    [TestCase("chat.example.org", "evil.chat.example.org", 443, false)]
    [TestCase("chat.example.org:80", "chat.example.org", 80, true)]
    [TestCase("chat.example.org:80", "chat.example.org", 443, false)]
    [TestCase("[::1]:9000", "::1", 9000, true)]
    [TestCase("[::1]", "::1", 9000, true)]
    [TestCase("[::80]", "::80", 443, true)]
    [TestCase("", "127.0.0.1", 80, false)]
    public void The_setting_allows_named_hosts(string setting, string host, int port, bool allows) =>
        AllowedHosts.Parse(setting).Allows(host, port).ShouldBe(allows);

    [TestCase("http://127.0.0.1:9000")]
    [TestCase("127.0.0.1:9000/hook")]
    [TestCase("user@127.0.0.1")]
    [TestCase("*.example.org")]
    [TestCase("127.0.0.1:99999")]
    [TestCase("127.0.0.1:0")]
    public void A_malformed_setting_ends_the_start(string setting) =>
        Should.Throw<SettingException>(() => AllowedHosts.Parse(setting)).Message.ShouldContain("WebhookHosts");

    [Test]
    public async Task Nobody_can_find_out_which_private_names_there_are()
    {
        using var app = new NamedHosts(host =>
            host == "hidden.example.org"
                ? [IPAddress.Parse("10.0.0.1")]
                : throw new System.Net.Sockets.SocketException(11001)
        ).App();
        var texts = new HashSet<string>();
        foreach (var host in (string[])["hidden.example.org", "nowhere.example.org"])
        {
            var faults = await app.Coordinator.Faults(
                "/v1/webhooks",
                new { url = $"https://{host}/", events = (string[])["stance.changed"] }
            );
            texts.Add(faults["url"]);
        }
        texts.ShouldHaveSingleItem().ShouldContain("its name was not found");
    }

    [Test]
    public async Task A_host_that_the_setting_no_longer_names_gets_nothing_without_encryption()
    {
        using var folder = new Folder();
        const string url = "http://hooks.example.org/";
        NamedHosts hosts = new(_ => [IPAddress.Parse("8.8.8.8")]);
        string id;
        using (var app = hosts.App("hooks.example.org", folder))
        {
            id = (await app.Coordinator.AddWebhook(url, "stance.changed")).Text("id")!;
        }
        using var later = hosts.App(folder: folder);
        using var test = await later.Coordinator.PostAsync($"/v1/webhooks/{id}/test", content: null);
        var delivery = await test.Json();
        (delivery.Text("status"), delivery.Text("lastFault")).ShouldBe(("failed", "refused-address"));
    }

    [Test]
    public async Task A_name_that_gets_a_private_address_later_is_refused_when_it_connects()
    {
        var addresses = new[] { IPAddress.Parse("8.8.8.8") };
        using var app = new NamedHosts(_ => addresses).App();
        var webhook = await app.Coordinator.AddWebhook("https://hooks.example.org/", "stance.changed");
        foreach (var hidden in (string[])["127.0.0.1", "::1", "169.254.169.254"])
        {
            // One of several addresses is enough.
            addresses = [IPAddress.Parse("8.8.8.8"), IPAddress.Parse(hidden)];
            using var test = await app.Coordinator.PostAsync($"/v1/webhooks/{webhook.Text("id")}/test", content: null);
            var delivery = await test.Json();
            (delivery.Text("status"), delivery.Text("lastFault"), delivery.Text("lastStatus")).ShouldBe(
                ("failed", "refused-address", null)
            );
        }
        // The change of another field does not resolve the name; the change of the address does.
        (
            await app.Coordinator.Patch($"/v1/webhooks/{webhook.Text("id")}", """{"format": "text"}""")
        ).EnsureSuccessStatusCode();
        using var moved = await app.Coordinator.Patch(
            $"/v1/webhooks/{webhook.Text("id")}",
            """{"url": "https://hooks.example.org/2"}"""
        );
        await moved.ShouldBeProblem(400, "url");
    }

    [TestCase("https://127.0.0.1/")]
    [TestCase("http://169.254.169.254/latest/meta-data/")]
    [TestCase("https://[::1]/")]
    [TestCase("http://other.example.org/")]
    [TestCase("https://hidden.example.org/")]
    public async Task A_redirect_to_a_private_address_is_refused(string location)
    {
        await using var receiver = await TestReceiver.Start();
        await using var hidden = await TestReceiver.Start();
        var port = new Uri(receiver.Url).Port;
        using var app = new NamedHosts(host =>
            host == "hidden.example.org" ? [IPAddress.Loopback] : [IPAddress.Parse("8.8.8.8")]
        ).App($"127.0.0.1:{port}");
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = location;
            return Task.CompletedTask;
        };
        using var test = await app.Coordinator.PostAsync($"/v1/webhooks/{webhook.Text("id")}/test", content: null);
        var delivery = await test.Json();
        (delivery.Text("status"), delivery.Text("lastFault")).ShouldBe(("failed", "refused-address"));
        receiver.Received.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_redirect_that_keeps_the_method_is_followed_three_times()
    {
        await using var receiver = await TestReceiver.Start();
        using var app = new App(settings: TestReceiver.Settings);
        var webhook = await app.Coordinator.AddWebhook(receiver.Url, "stance.changed");
        var path = $"/v1/webhooks/{webhook.Text("id")}/test";
        var redirects = 3;
        receiver.Answer = http =>
        {
            if (redirects-- > 0)
            {
                http.Response.StatusCode = 308;
                http.Response.Headers.Location = "/moved";
            }
            return Task.CompletedTask;
        };
        using var good = await app.Coordinator.PostAsync(path, content: null);
        (await good.Json()).Text("status").ShouldBe("delivered");
        receiver.Received.Count.ShouldBe(4);
        receiver.Received.ShouldAllBe(m => m.IsSignedWith(webhook.Text("secret")!));
        redirects = 100;
        using var loop = await app.Coordinator.PostAsync(path, content: null);
        (await loop.Json()).Text("lastFault").ShouldBe("redirect");
        receiver.Received.Count.ShouldBe(8);
        receiver.Answer = http =>
        {
            http.Response.Redirect("/moved");
            return Task.CompletedTask;
        };
        using var see = await app.Coordinator.PostAsync(path, content: null);
        (await see.Json()).Text("lastFault").ShouldBe("redirect");
        receiver.Received.Count.ShouldBe(9);
    }

    /// <summary>An app for which names have other addresses.</summary>
    private sealed class NamedHosts(Func<string, IPAddress[]> resolve)
    {
        public App App(string allowed = "", string? folder = null) =>
            new(settings: new() { ["WebhookHosts"] = allowed }, folder: folder)
            {
                Resolver = async (host, ct) =>
                {
                    await Task.Yield();
                    return IPAddress.TryParse(host, out var address) ? [address] : resolve(host);
                },
            };
    }
}
