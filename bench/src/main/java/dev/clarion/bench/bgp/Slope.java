package dev.clarion.bench.bgp;

/** The straight line through points that is nearest to them (least squares): how fast it rises. */
final class Slope {
    private double n;
    private double x;
    private double y;
    private double xx;
    private double xy;

    void add(double atX, double atY) {
        n++;
        x += atX;
        y += atY;
        xx += atX * atX;
        xy += atX * atY;
    }

    /** Of y, in one unit of x; 0 of a single point. */
    double value() {
        double spread = n * xx - x * x;
        return spread == 0 ? 0 : (n * xy - x * y) / spread;
    }
}
