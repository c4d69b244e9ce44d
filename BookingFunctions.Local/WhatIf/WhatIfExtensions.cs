using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Web;
using DurableTask.Sqlite.Storage;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BookingFunctions.Local.WhatIf;

/// <summary>Registers what makes suppliers misbehave.</summary>
public static class WhatIfExtensions
{
    /// <summary>Registers it. It wraps the providers in development on SQLite only.</summary>
    /// <param name="services">Where to register it, after the providers and the stores.</param>
    /// <param name="environment">Says whether this is development.</param>
    public static IServiceCollection AddWhatIf(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<Suppliers>();
        services.AddSingleton<IValidator<SupplierBody>, SupplierBodyValidator>();
        if (!environment.IsDevelopment() || services.All(service => service.ServiceType != typeof(SqliteDatabase)))
        {
            return services;
        }

        services.AddHostedService(provider => provider.GetRequiredService<Suppliers>());
        services.AddSingleton(OperatePanel.Read(typeof(WhatIfExtensions).Assembly, "what-if.js"));
        services.AddSingleton<LegProviders>();
        return services.AddSingleton<ITravelProvider>(provider =>
            ActivatorUtilities.CreateInstance<WhatIfProvider>(provider, provider.GetRequiredService<LegProviders>()));
    }
}
