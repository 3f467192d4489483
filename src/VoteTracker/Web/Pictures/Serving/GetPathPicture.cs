using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws what would turn the result.</summary>
internal sealed class GetPathPicture(PictureServices services) : PictureEndpoint(services)
{
    private static readonly NumberParameter TopParameter = new(
        "top",
        "The number of states: the first ones.",
        Minimum: 1,
        Maximum: 50,
        Default: PathToTurn.DefaultTop
    );

    public override void Configure() =>
        Serve(
            "path",
            Right.SeeForecasts,
            "Draws what would turn the result",
            "The fewest changes that turn the result, and the states that are the easiest to persuade. It has the numbers of the path.",
            ForecastAccess.GoalParameter,
            TopParameter,
            RecordFilter.SourceParameter
        );

    protected override async Task<(RequestedPicture?, ProblemHttpResult?)> Find(PictureRequest request, Query query)
    {
        var id = Id;
        var (snapshot, denial) = await Services.Live.FindForForecast(id, Caller);
        if (denial is { } hidden and not ResolutionDenial.VoteIsOver)
        {
            return (null, hidden.ToProblem(HttpContext, id, snapshot));
        }
        var goal = query.Read(ForecastAccess.GoalParameter) ?? Goal.Adopt;
        var top = query.Read(TopParameter);
        var withCampaign = query.Read(RecordFilter.SourceParameter) == RecordSource.All;
        if (query.Problem is { } problem)
        {
            return (null, problem);
        }
        if (denial is { } over)
        {
            return (null, over.ToProblem(HttpContext, id, snapshot));
        }
        var forecast = await Services.Forecasts.Get(snapshot!, withCampaign);
        var report = await Services.Db.Read(connection => PathReport.Load(connection, forecast, goal, Caller));
        // Co-sponsors and engagements change it without a new state of the tally, so its content names it.
        var content = string.Join(' ', report.States.Take(top).Select(s => $"{s.MemberState}{s.Score:R}"));
        var name = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)))[..12];
        var uncached = new RepresentationCache(forecast.StateName, limit: 0);
        return (
            new RequestedPicture
            {
                Name = $"path.{goal}.{withCampaign}.{top}.{name}".ToLowerInvariant(),
                Resolution = id,
                StateName = forecast.StateName,
                Drawings = uncached,
                Images = uncached,
                IsPublic = false,
                Draw = resolution =>
                    PictureSubject.Draw<PathPicture>(
                        new PathToTurn
                        {
                            Language = request.Language,
                            Theme = request.Theme,
                            Name = resolution.NameIn(request.Language),
                            Report = report,
                            Top = top,
                        }
                    ),
            },
            null
        );
    }
}
