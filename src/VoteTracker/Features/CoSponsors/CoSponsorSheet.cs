using FastEndpoints;
using FluentValidation;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;

namespace VoteTracker.Features.CoSponsors;

/// <summary>A list of co-sponsors from a spreadsheet: the export of a resolution, or any list with states and statuses.</summary>
internal sealed record CoSponsorSheet(CsvRows Table, IValidator<RecordCoSponsorRequest> Validator) : ICustomBody
{
    /// <summary>The columns that an import changes.</summary>
    public static readonly IReadOnlyList<string> Editable =
    [
        "status",
        "role",
        "since",
        "withdrawn_on",
        "note",
        "text_version",
    ];

    // Twice the number of states that may co-sponsor.
    private const int MostRows = 400;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["iso3"],
        Alternatives = [.. StateIdentity.All.Skip(1)],
        Changing = Editable,
        Others = ["resolution", "regional_group", "version", "changed_by", "changed_at"],
    };

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<CoSponsorSheet> Read(HttpContext http) =>
        new(
            await ListRequest.Read(http, Columns, MostRows),
            http.RequestServices.GetRequiredService<IValidator<RecordCoSponsorRequest>>()
        );
}

/// <summary>Binds a list of co-sponsors.</summary>
internal sealed class CoSponsorSheetBinder : IRequestBinder<CoSponsorSheet>
{
    public ValueTask<CoSponsorSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        CoSponsorSheet.Read(ctx.HttpContext);
}
