using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>A chart of lines, as SVG.</summary>
internal static class Chart
{
    private const int Width = 760;
    private const int Height = 420;

    // Told apart by those who don't see all colors, too.
    private static readonly OxyColor[] Colors = [OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115), OxyColor.FromRgb(204, 121, 167)];
    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    /// <summary>Draws lines over sizes, both logarithmic.</summary>
    /// <param name="file">The file.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="x">What the sizes are.</param>
    /// <param name="y">What the values are.</param>
    /// <param name="lines">The lines: a name, and values by size.</param>
    public static void Write(string file, string title, string x, string y, IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> lines)
    {
        var model = Model(title, y);
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = x, MajorGridlineStyle = LineStyle.None, StringFormat = "#,0" });
        AddLines(model, lines);
        Save(file, model);
    }

    /// <summary>Draws lines over names.</summary>
    /// <param name="file">The file.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="names">The names, at 0, 1, 2 and so on.</param>
    /// <param name="y">What the values are, on a logarithmic axis.</param>
    /// <param name="lines">The lines: a name, and values by place.</param>
    public static void Write(string file, string title, IReadOnlyList<string> names, string y, IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> lines)
    {
        var model = Model(title, y);
        var axis = new CategoryAxis { Position = AxisPosition.Bottom };
        axis.Labels.AddRange(names);
        model.Axes.Add(axis);
        AddLines(model, lines);
        Save(file, model);
    }

    private static PlotModel Model(string title, string y)
    {
        var model = new PlotModel
        {
            Title = title, TitleFontSize = 15, TitleFontWeight = FontWeights.Normal, DefaultFont = "sans-serif", Background = OxyColors.White,
            PlotAreaBorderColor = OxyColors.LightGray,
        };
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.BottomCenter, LegendPlacement = LegendPlacement.Outside, LegendOrientation = LegendOrientation.Horizontal });
        model.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left, Title = y, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.LightGray, StringFormat = "#,0.###",
            MaximumPadding = 0.1, MinimumPadding = 0.1,
        });
        return model;
    }

    private static void AddLines(PlotModel model, IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> lines)
    {
        foreach (var (name, points) in lines)
        {
            var number = model.Series.Count;
            var line = new LineSeries
            {
                Title = name, Color = Colors[number % Colors.Length], StrokeThickness = 2, MarkerType = Markers[number % Markers.Length], MarkerSize = 4,
                LineStyle = number < Colors.Length ? LineStyle.Solid : LineStyle.Dash,
            };
            line.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(line);
        }
    }

    private static void Save(string file, PlotModel model)
    {
        using var stream = File.Create(file);
        new SvgExporter { Width = Width, Height = Height, UseVerticalTextAlignmentWorkaround = true }.Export(model, stream);
    }
}
