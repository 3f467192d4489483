using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Desk;

/// <summary>The base of the pages of the desk, which need a session.</summary>
internal abstract class DeskPageEndpoint(Assets assets) : PageEndpoint(assets)
{
    /// <summary>Redirects a reader without a key to the sign-in, which returns to this page; true if it did.</summary>
    protected bool RedirectToSignIn(PageContext page)
    {
        if (page.Caller.May(Right.SeeStances))
        {
            return false;
        }
        HttpContext.Response.Headers.CacheControl = "no-store";
        HttpContext.Response.Headers.Location = page.Link(
            $"/sign-in?return={Uri.EscapeDataString(page.Path + HttpContext.Request.QueryString)}"
        );
        HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        return true;
    }
}
