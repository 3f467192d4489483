namespace VoteTracker.Tests.Web.Browser;

public sealed class ReadmeImagesTests : BrowserFixture
{
    [Test]
    public async Task The_pictures_of_the_README_show_the_record()
    {
        var app = Start();
        var page = await Open(app, "/resolutions/es-10-27", new Look(Width: 1200));
        await page.ReadmeImage("dashboard", isWholePage: false);
        await page.Page.Locator("#board").ScrollIntoViewIfNeededAsync();
        await page.Page.EvaluateAsync("() => document.querySelector('#board').scrollIntoView()");
        await page.ReadmeImage("board", isWholePage: false);
        var phone = await Open(app, "/resolutions/es-10-27", new Look(Width: Look.Phone, IsDark: true));
        await phone.ReadmeImage("phone", isWholePage: false);

        foreach (var name in new[] { "dashboard", "board", "phone" })
        {
            var image = new FileInfo(Path.Combine(Repository.Root, ".github", "images", name + ".png"));
            image.Exists.ShouldBeTrue($"{image}: run this test with VOTETRACKER_TESTS_REFRESH=1");
            image.Length.ShouldBeInRange(10_000, 400_000);
        }
    }
}
