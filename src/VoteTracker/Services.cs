using System.Reflection;
using FluentValidation;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Database.Time;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Server;
using VoteTracker.Features.Acts;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Audit;
using VoteTracker.Features.Backup;
using VoteTracker.Features.Briefs;
using VoteTracker.Features.Calendars;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Digests;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Feeds;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Health;
using VoteTracker.Features.Imports;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Observability;
using VoteTracker.Features.PersonalData;
using VoteTracker.Features.Pressures;
using VoteTracker.Features.Record;
using VoteTracker.Features.Sharing;
using VoteTracker.Features.Tasks;
using VoteTracker.Features.Vetoes;
using VoteTracker.Features.VoteDays;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Web;
using VoteTracker.Web.Desk;
using VoteTracker.Web.Guide;
using VoteTracker.Web.Pages;
using VoteTracker.Web.Pictures;
using VoteTracker.Web.Pictures.Serving;
using VoteTracker.Web.Reference;

namespace VoteTracker;

/// <summary>The services of the program, and its start.</summary>
internal static class Services
{
    public static IServiceCollection AddVoteTracker(this IServiceCollection services)
    {
        services.AddSingleton(provider => Settings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddClock();
        services.AddServiceLifetime();
        services.AddSingleton<Db>();
        services.AddSingleton<Maintenance>();
        services.AddSingleton<CommitFeed>();
        services.AddSingleton<EncryptStoredTexts>();
        services.AddSingleton<ReferenceData>();
        services.AddSingleton<VotingRecordCache>();
        services.AddSingleton<LearnedModelCache>();
        services.AddSingleton<FactorCache>();
        services.AddSingleton<PredictionCache>();
        services.AddSingleton<TallyCache>();
        services.AddSingleton<ForecastCache>();
        services.AddSingleton<Heartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<Heartbeat>());
        services.AddHostedService<ReplicaFeed>();
        services.AddHostedService<DeleteExpiredResponses>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<KeyBudget>();
        services.AddSingleton<KeyAuthentication>();
        services.AddSingleton<SessionAuthentication>();
        services.AddSingleton<PageSessions>();
        services.AddHostedService<DeleteExpiredSessions>();
        services.AddSingleton<Cursors>();
        services.AddSingleton<ShareLinks>();
        services.AddSingleton<ShareLinkUses>();
        services.AddHostedService(provider => provider.GetRequiredService<ShareLinkUses>());
        services.AddSingleton<SharedAccess>();
        services.AddProtection();
        services.AddQuietLoggers();
        services.AddSingleton<ReadingBudget>();
        services.AddSingleton<ExpensiveReads>();
        services.AddSingleton<FactFiles>();
        services.AddSingleton<LoadLists>();
        services.AddSingleton<LoadRecordedResolutions>();
        services.AddSingleton<LoadRecord>();
        services.AddSingleton<IssueFirstKey>();
        services.AddSingleton<TeamMembers>();
        services.AddSingleton<EngagementRecords>();
        services.AddSingleton<TaskRecords>();
        services.AddSingleton<AssignmentRecords>();
        services.AddSingleton<MilestoneRecords>();
        services.AddSingleton<CalendarLoader>();
        services.AddSingleton<FeedCrossings>();
        services.AddSingleton<AtomFeed>();
        services.AddSingleton<CoSponsorRecords>();
        services.AddSingleton<VetoRecords>();
        services.AddSingleton<EndorsementRecords>();
        services.AddSingleton<ActRecords>();
        services.AddSingleton<PressureRecords>();
        services.AddSingleton<PressedForecasts>();
        services.AddSingleton<BriefLoader>();
        services.AddSingleton<DigestLoader>();
        services.AddSingleton<GapLoader>();
        services.AddSingleton<VoteDayLoader>();
        services.AddSingleton<PngRenderer>();
        services.AddSingleton<ServedPictures>();
        services.AddSingleton<PictureServices>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<RunImport>();
        services.AddSingleton<RunningImports>();
        services.AddHostedService(provider => provider.GetRequiredService<RunningImports>());
        services.AddWebhooks();
        services.AddObservability();
        services.AddBackups();
        services.AddHostedService<ApplyRetention>();
        services.AddAudit();
        services.AddSingleton<Assets>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<Chapters>();
        services.AddSingleton<ApiReference>();
        services.AddSingleton<ResolutionLoader>();
        services.AddSingleton<DeskLoader>();
        services.AddValidators();
        services.AddEndpoints(Routes.All.Select(route => route.Endpoint));
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.AddOpenApiContract(EnumWord<KeyRole>.All);
        services.ConfigureSwaggerGen(options => options.OperationFilter<DescribeRoles>());
        return services;
    }

    /// <summary>Migrates the database, loads the shipped facts and issues the first key.</summary>
    public static async Task Start(this IServiceProvider services, TextWriter terminal)
    {
        var db = services.GetRequiredService<Db>();
        var maintenance = services.GetRequiredService<Maintenance>();
        db.Serve();
        services.GetRequiredService<BackupSchedule>().Open();
        await maintenance.Migrate();
        await maintenance.EnableCheckpoints();
        await db.Probe();
        await services.GetRequiredService<WatchClock>().Start(await maintenance.ContinueAfterLastChange());
        await maintenance.StartIncarnation();
        await db.Keys.Check();
        await services.GetRequiredService<EncryptStoredTexts>().Handle();
        await services.GetRequiredService<Cursors>().Start();
        await services.GetRequiredService<LoadRecord>().Handle();
        await services.GetRequiredService<RunningImports>().Interrupt();
        await services.GetRequiredService<IssueFirstKey>().Handle(terminal);
    }

    /// <summary>Prints the location of the database, and the bound addresses of the pages and of the API's documentation.</summary>
    public static void PrintAddresses(this WebApplication app, TextWriter terminal)
    {
        if (app.Urls.FirstOrDefault() is not { } bound)
        {
            return;
        }
        // A browser cannot open the wildcard address, so the output has localhost.
        var address = bound
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .TrimEnd('/');
        terminal.WriteLine($"Database: {app.Services.GetRequiredService<Db>().Location}");
        terminal.WriteLine($"Pages: {address}/");
        terminal.WriteLine($"API: {address}/docs");
        terminal.Flush();
    }

    // Registers every AbstractValidator<T> of this assembly as the IValidator<T> that validates bodies.
    private static void AddValidators(this IServiceCollection services)
    {
        foreach (
            var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsAbstract: false, IsClass: true })
        )
        {
            foreach (
                var contract in type.GetInterfaces()
                    .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>))
            )
            {
                services.AddSingleton(contract, type);
            }
        }
    }
}
