package dev.goldline.reports.render;

import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.study.Histogram;
import dev.goldline.reports.study.TokenStudy;
import dev.goldline.reports.study.TokenStudy.Band;
import dev.goldline.reports.study.TokenStudy.Curve;
import dev.goldline.reports.study.TokenStudy.Step;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a field. The same study gives the same drawing on the same machine. */
final class Charts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 430;
    private static final int BAR_HEIGHT = 230;
    /** Points of a curve that are drawn; more could not be told apart at this width. */
    private static final int DRAWN_STEPS = 900;

    /** Stand for roles, see {@link SvgDom}; the values matter only where no style reaches. */
    private static final Color INK = new Color(0x30363d);

    private static final Color GRID = new Color(0xd5d9df);
    private static final Color WRONG = new Color(0xb9bec6);
    private static final Color CUT_OFF = new Color(0xd64545);
    private static final Color CLEAR = new Color(0, 0, 0, 0);
    private static final Map<Mode, Color> MODES = Map.of(
            Mode.NON_THINKING,
            new Color(0x5b7f5e),
            Mode.STANDARD,
            new Color(0x2563b8),
            Mode.SPECIALE,
            new Color(0xc2570c));
    private static final Map<String, String> ROLES = roles();

    private Charts() {}

    private static Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put(hex(INK), "ink");
        roles.put(hex(GRID), "grid");
        roles.put(hex(WRONG), "wrong");
        roles.put(hex(CUT_OFF), "cut");
        MODES.forEach((mode, color) -> roles.put(hex(color), mode.label()));
        return Map.copyOf(roles);
    }

    private static String hex(Color color) {
        return "#%06x".formatted(color.getRGB() & 0xffffff);
    }

    /** Accuracy against tokens, all modes on shared axes; empty if no attempt was solved. */
    static Optional<Element> curves(TokenStudy study, String id) {
        List<Curve> drawn = study.curves().stream()
                .filter(curve -> !curve.steps().isEmpty())
                .toList();
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        chart.setXAxisTitle("budget L: output tokens an attempt may use, reasoning included");
        chart.setYAxisTitle("share solved, %");
        long from = drawn.stream()
                .mapToLong(curve -> curve.steps().getFirst().tokens())
                .min()
                .orElseThrow();
        long to = drawn.stream().mapToLong(Curve::largest).max().orElseThrow();
        boolean logarithmic = from > 0 && to / from >= 20;
        double left = logarithmic ? Math.max(1, from * 0.8) : 0;
        style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(logarithmic)
                .setXAxisLogarithmicDecadeOnly(false)
                .setXAxisMin(left)
                .setXAxisMax(Math.max(to, left + 1))
                .setYAxisMin(0.0)
                .setYAxisMax(100.0);
        drawn.forEach(curve -> addBand(chart, curve, to));
        drawn.forEach(curve -> addCurve(chart, curve, left, to));
        String label = "Share solved against output tokens, with 95 % bands, by mode: "
                + String.join("; ", drawn.stream().map(Charts::sentence).toList());
        return Optional.of(
                SvgDom.paint(WIDTH, HEIGHT, id, label, ROLES, graphics -> chart.paint(graphics, WIDTH, HEIGHT)));
    }

    private static String sentence(Curve curve) {
        Step last = curve.steps().getLast();
        return curve.mode().label() + " reaches " + Numbers.number(100 * last.low(), 1) + " % at " + last.tokens()
                + " tokens";
    }

    private static void addBand(XYChart chart, Curve curve, long to) {
        if (curve.bands().isEmpty()) {
            return;
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Band> bands = curve.bands();
        for (int i = 0; i < bands.size(); i++) {
            add(x, y, bands.get(i).tokens(), bands.get(i).interval().high());
            add(x, y, end(bands, i, to), bands.get(i).interval().high());
        }
        for (int i = bands.size() - 1; i >= 0; i--) {
            add(x, y, end(bands, i, to), bands.get(i).interval().low());
            add(x, y, bands.get(i).tokens(), bands.get(i).interval().low());
        }
        Color color = color(curve.mode());
        XYSeries band = chart.addSeries("band " + curve.mode().label(), x, y);
        band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        band.setMarker(SeriesMarkers.NONE);
        band.setLineColor(CLEAR);
        band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 46));
        band.setShowInLegend(false);
    }

    private static long end(List<Band> bands, int i, long to) {
        return i + 1 < bands.size() ? bands.get(i + 1).tokens() : to;
    }

    private static void addCurve(XYChart chart, Curve curve, double left, long to) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        add(x, y, left, 0);
        int size = curve.steps().size();
        int drawn = Math.min(size, DRAWN_STEPS);
        double height = 0;
        for (int i = 0; i < drawn; i++) {
            Step step = curve.steps().get(drawn == 1 ? 0 : (int) ((long) i * (size - 1) / (drawn - 1)));
            add(x, y, step.tokens(), height);
            height = step.low();
            add(x, y, step.tokens(), height);
        }
        add(x, y, to, height);
        String cutOff = curve.truncated() == 0
                ? ""
                : ", " + Numbers.number(100.0 * curve.truncated() / curve.scored(), 1) + " % cut off";
        XYSeries series = chart.addSeries(
                curve.mode().label() + " (n = " + curve.scored() + " / " + curve.problems() + cutOff + ")", x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color(curve.mode()));
        series.setLineStyle(new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    private static void add(List<Double> x, List<Double> y, double tokens, double share) {
        x.add(tokens);
        y.add(100 * share);
    }

    /** Attempts by output tokens of one mode; what was solved, not solved and cut off is stacked. */
    static Element histogram(Histogram histogram, Histogram.ModeCounts mode, String id) {
        CategoryChart chart = new CategoryChart(WIDTH, BAR_HEIGHT);
        chart.setXAxisTitle("output tokens, " + histogram.binWidth() + " a bin (from)");
        chart.setYAxisTitle("attempts");
        style(chart.getStyler());
        chart.getStyler().setStacked(true);
        chart.getStyler().setAvailableSpaceFill(0.92);
        List<String> bins = new ArrayList<>();
        for (int i = 0; i < mode.solved().size(); i++) {
            bins.add(shortCount(i * histogram.binWidth()));
        }
        addBars(chart, "solved", bins, mode.solved(), color(mode.mode()));
        addBars(chart, "not solved", bins, mode.unsolved(), WRONG);
        addBars(chart, "cut off", bins, mode.truncated(), CUT_OFF);
        String label = "Attempts by output tokens in mode " + mode.mode().label();
        return SvgDom.paint(WIDTH, BAR_HEIGHT, id, label, ROLES, graphics -> chart.paint(graphics, WIDTH, BAR_HEIGHT));
    }

    /** {@code 10500} as {@code 10.5k}: two dozen labels must fit side by side. Bins are too wide for two to be equal. */
    private static String shortCount(long tokens) {
        if (tokens < 10_000) {
            return Long.toString(tokens);
        }
        return BigDecimal.valueOf(tokens).movePointLeft(3).stripTrailingZeros().toPlainString() + "k";
    }

    private static void addBars(
            CategoryChart chart, String name, List<String> bins, List<Integer> counts, Color color) {
        CategorySeries series = chart.addSeries(name, bins, counts);
        series.setFillColor(color);
    }

    private static void style(AxesChartStyler styler) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        styler.setChartBackgroundColor(CLEAR)
                .setPlotBackgroundColor(CLEAR)
                .setPlotBorderVisible(false)
                .setChartTitleVisible(false)
                .setChartFontColor(INK)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBackgroundColor(CLEAR)
                .setLegendBorderColor(CLEAR)
                .setLegendFont(font)
                .setChartPadding(6)
                .setAntiAlias(true);
        styler.setAxisTitleFont(font)
                .setAxisTickLabelsFont(font)
                .setAxisTickLabelsColor(INK)
                .setXAxisTickLabelsColor(INK)
                .setYAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(INK)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotGridVerticalLinesVisible(false)
                .setXAxisDecimalPattern("#,###")
                .setYAxisDecimalPattern("#,###")
                .setLocale(Locale.ROOT);
    }

    private static Color color(Mode mode) {
        return MODES.getOrDefault(mode, INK);
    }
}
