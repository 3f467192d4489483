using FastEndpoints;
using FluentValidation;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Lists;
using VoteTracker.Features.MemberStates;

namespace VoteTracker.Features.Endorsements;

/// <summary>A list of endorsements from a spreadsheet.</summary>
internal sealed record EndorsementSheet(CsvRows Table, IValidator<EndorsementFields> Validator) : ICustomBody
{
    /// <summary>The columns that an import changes, with the name that identifies the organisation.</summary>
    public static readonly IReadOnlyList<string> Editable =
    [
        "organisation",
        "kind",
        "languages",
        "url",
        "signed_on",
        "public",
    ];

    /// <summary>The number of rows that are read. More would keep other writers waiting for seconds.</summary>
    public const int MostRows = 5_000;

    private static readonly CsvColumns Columns = new()
    {
        Required = ["organisation"],
        Changing = Editable,
        Others = [.. StateIdentity.All, "resolution", "id", "regional_group", "changed_at"],
    };

    /// <summary>Reads it from a request.</summary>
    public static async ValueTask<EndorsementSheet> Read(HttpContext http) =>
        new(
            await ListRequest.Read(http, Columns, MostRows),
            http.RequestServices.GetRequiredService<IValidator<EndorsementFields>>()
        );
}

/// <summary>Binds a list of endorsements.</summary>
internal sealed class EndorsementSheetBinder : IRequestBinder<EndorsementSheet>
{
    public ValueTask<EndorsementSheet> BindAsync(BinderContext ctx, CancellationToken ct) =>
        EndorsementSheet.Read(ctx.HttpContext);
}
