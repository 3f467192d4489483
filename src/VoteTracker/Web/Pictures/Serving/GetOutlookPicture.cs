using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws the distribution of the forecast margin.</summary>
internal sealed class GetOutlookPicture(PictureServices services) : PictureEndpoint(services)
{
    public override void Configure() =>
        Serve(
            "outlook",
            Right.SeeForecasts,
            "Draws the forecast margin",
            "The probability of each margin, and the line of the majority. It has the numbers of the forecast.",
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
        return (
            new RequestedPicture
            {
                Name = withCampaign ? "outlook.all" : "outlook",
                Resolution = id,
                StateName = forecast.StateName,
                Drawings = forecast.Pictures,
                Images = forecast.Pictures,
                IsPublic = false,
                Draw = resolution =>
                    PictureSubject.Draw<OutlookPicture>(
                        new MarginForecast
                        {
                            Language = request.Language,
                            Theme = request.Theme,
                            Name = resolution.NameIn(request.Language),
                            Report = ForecastReport.Create(forecast, shock: null),
                        }
                    ),
            },
            null
        );
    }
}
