using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using VoteTracker;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Contract;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Server;
using VoteTracker.Features.Observability;
using VoteTracker.Security;
using VoteTracker.Web;
using VoteTracker.Web.Organisation;

try
{
    if (Commands.AreRequested(args))
    {
        return await Commands.Run(args, Configure);
    }
    var builder = Configure(args);
    var app = builder.Build();
    await app.Services.Start(Console.Out);

    app.UseRequestTraces();
    app.UseMiddleware<SharedPaths>();
    app.UseMiddleware<CalendarPaths>();
    app.UseTrustedProxies(app.Services.GetRequiredService<Settings>().TrustedProxies);
    app.UseSecurityHeaders();
    app.UseMiddleware<Cors>();
    app.UseHead();
    app.UseMiddleware<ExceptionMiddleware>();
    app.UseRouting();
    // Only a request without a route reaches the pages, so a poll skips them.
    app.UseWhen(
        http => http.GetEndpoint() is null,
        pages =>
            pages
                .UseStaticFiles(Assets.Options)
                .UseMiddleware<ContractCache>()
                .UseOpenApiContract()
                .UseMiddleware<NotFoundPages>()
                .UseMiddleware<NotFoundFallback>()
    );
    app.UseMiddleware<ReadingLimit>();
    app.UseMiddleware<ApiKeyMiddleware>();
    app.UseMiddleware<UnknownParameters>();
    app.UseMiddleware<IdempotencyMiddleware>();

    app.MapEndpoints();
    app.Lifetime.ApplicationStarted.Register(() => app.PrintAddresses(Console.Out));
    await app.RunAsync();
    return 0;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync("The address is in use. Choose another one with --Urls.");
    return 2;
}
catch (SettingException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
catch (BuildFaultException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
catch (DbException exception) when (Db.Classify(exception) != DbFailure.Statement)
{
    await Console.Error.WriteLineAsync($"The database cannot be used: {exception.Message}");
    return 2;
}
catch (WriteUnavailableException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message} {exception.InnerException?.Message}".TrimEnd());
    return 2;
}

// The facts, the pages and the defaults are next to the program, so the working directory does not matter.
static WebApplicationBuilder Configure(string[] args)
{
    var builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
    );
    builder.Configuration.AddEnvironmentVariables("VOTETRACKER_").AddCommandLine(args);
    builder.WebHost.UseUrls(builder.Configuration["Urls"] ?? new Settings().Urls);
    builder.WebHost.ConfigureKestrel(
        (_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            // The service limits the body itself, because the server closes the connection instead of returning a problem.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.LimitConnections();
            kestrel.UseServerCertificate();
        }
    );
    builder.Services.AddVoteTracker().AddOrganisationSignIn(builder.Configuration);
    return builder;
}

/// <summary>The program, public for the tests.</summary>
public partial class Program;
