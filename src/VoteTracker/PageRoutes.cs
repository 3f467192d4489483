using VoteTracker.Web.Desk;
using VoteTracker.Web.Desk.Briefs;
using VoteTracker.Web.Desk.Gaps;
using VoteTracker.Web.Desk.Today;
using VoteTracker.Web.Discovery;
using VoteTracker.Web.Embedding;
using VoteTracker.Web.Guide;
using VoteTracker.Web.Organisation;
using VoteTracker.Web.Pages;
using VoteTracker.Web.Pages.Sessions;
using VoteTracker.Web.Pictures;
using VoteTracker.Web.Pictures.Serving;
using VoteTracker.Web.Reference;
using VoteTracker.Web.VoteDay;
using static VoteTracker.Route;

namespace VoteTracker;

/// <summary>The pages and the forms of pages, in the order of reading, and what other sites and crawlers read.</summary>
internal static class PageRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        // Pages
        Page<GetHomePage>("/"),
        Page<GetResolutionPage>("/resolutions/{id}"),
        Page<GetScreenPage>("/resolutions/{id}/screen"),
        Page<GetSharedPage>("/shared/{secret}"),
        Page<ListStatesPage>("/states"),
        Page<GetStatePage>("/states/{iso3}"),
        Page<ListSessionsPage>("/sessions"),
        Page<GetSessionPage>("/sessions/{id}"),
        Page<GetAgreementPage>("/agreement"),
        Page<GetTasksPage>("/desk/tasks"),
        Page<GetTodayPage>("/desk/today"),
        Page<GetGapsPage>("/desk/gaps"),
        Page<GetDeskPage>("/desk/{id}"),
        Page<GetSharePage>("/desk/{id}/share"),
        Page<GetBriefPage>("/desk/{id}/briefs/{iso3}"),
        Page<GetVoteDayPage>("/vote-day/{id}"),
        Page<GetSignInPage>("/sign-in"),
        Form<SignIn>("/sign-in"),
        Form<SignOut>("/sign-out"),
        Page<BeginOrganisationSignIn>("/sign-in/organisation"),
        Page<CompleteOrganisationSignIn>(OrganisationSignIn.CallbackPath),
        Page<GetGuidePage>("/guide"),
        Page<GetChapterPage>("/guide/{chapter}"),
        Page<GetGuideFile>(GetGuideFile.Dashboard, GetGuideFile.Walkthrough),
        Page<GetReferencePage>("/docs", "/docs/{section}"),
        // For other sites, crawlers and previews of links
        Page<GetEmbedPage>("/embed/{id}"),
        Page<GetEmbedData>("/embed/{id}.json"),
        Page<GetOEmbed>("/oembed"),
        Page<GetRobots>("/robots.txt"),
        Page<GetSitemap>("/sitemap.xml"),
    ];
}
