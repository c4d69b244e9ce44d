using BookingFunctions.Local;

return await LocalApplication.CreateBuilder(args).RunAsync();
