using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Web;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BookingFunctions.Local.WhatIf;

/// <summary>Registers what makes suppliers misbehave.</summary>
public static class WhatIfExtensions
{
    /// <summary>Registers it. Only in development it stands before the providers.</summary>
    /// <param name="services">Where to register it, after the providers.</param>
    /// <param name="environment">Says whether this is development.</param>
    public static IServiceCollection AddWhatIf(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<Suppliers>();
        services.AddSingleton<IValidator<SupplierBody>, SupplierBodyValidator>();
        if (!environment.IsDevelopment())
        {
            return services;
        }

        services.AddHostedService(provider => provider.GetRequiredService<Suppliers>());
        services.AddSingleton(new OperatePanel("/assets/what-if.js"));
        services.AddSingleton<LegProviders>();
        return services.AddSingleton<ITravelProvider>(provider =>
            ActivatorUtilities.CreateInstance<WhatIfProvider>(provider, provider.GetRequiredService<LegProviders>()));
    }
}
