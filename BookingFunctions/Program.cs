using BookingFunctions;
using Microsoft.Extensions.Hosting;

await AzureWorker.CreateBuilder(args).Build().RunAsync();
