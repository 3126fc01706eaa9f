// The five workloads of the solver benchmark, written once for every scalar and every way of deciding a switch.
//
// Each has: name, states, parameters (per draw), switches; segments (between which the integrator restarts) and outputs (times);
// start, rhs, scale (what an error is divided by before it is scored; 0: the state is not scored); longestStep is for the references.
// A right-hand side asks `on(k, quantity)` whether switch k is on, which it is while its quantity is positive.
#pragma once
#include <cmath>
#include <vector>

struct Segment {
    double from, to, input;
};

/// Decides a switch as equations are usually written: by the sign, at every evaluation.
struct BySign {
    template <class T> bool operator()(int, const T &quantity) const { return quantity > 0; }
};

/// Three-compartment kinetics of docetaxel and Friberg's chain of cells; six cycles of 504 h, an hour's infusion at the head of each.
struct Friberg {
    static constexpr const char *name = "friberg";
    static constexpr int states = 8, parameters = 10, switches = 0;
    static constexpr bool stiff = false;
    static constexpr double longestStep = 0.25;
    static std::vector<Segment> segments() {
        std::vector<Segment> all;
        for (int cycle = 0; cycle < 6; cycle++) {
            all.push_back({504.0 * cycle, 504.0 * cycle + 1, 222.8});
            all.push_back({504.0 * cycle + 1, 504.0 * (cycle + 1), 0});
        }
        return all;
    }
    static std::vector<double> outputs() {
        std::vector<double> times;
        for (int day = 1; day <= 126; day++) times.push_back(24.0 * day);
        return times;
    }
    template <class T> static void start(T *y, const double *p) {
        for (int i = 0; i < states; i++) y[i] = i < 3 ? 0.0 : p[6];
    }
    template <class T, class On> static void rhs(T, const T *y, T *d, const double *p, double input, On &&) {
        using std::pow;
        T k12 = p[2], k21 = p[3], k13 = p[4], k31 = p[5], transit = T(4) / T(p[7]);
        d[0] = T(input) - (T(p[0]) / T(p[1]) + k12 + k13) * y[0] + k21 * y[1] + k31 * y[2];
        d[1] = k12 * y[0] - k21 * y[1];
        d[2] = k13 * y[0] - k31 * y[2];
        T effect = T(p[9]) * y[0] / T(p[1]), feedback = pow(T(p[6]) / y[7], T(p[8]));
        d[3] = transit * y[3] * ((T(1) - effect) * feedback - T(1));
        for (int i = 4; i < 8; i++) d[i] = transit * (y[i - 1] - y[i]);
    }
    static double scale(int state, double reference) { return state < 3 ? 0 : std::fabs(reference) + 1e-3; }
};

/// Robertson's reactions to 4e5 s.
struct Robertson {
    static constexpr const char *name = "robertson";
    static constexpr int states = 3, parameters = 3, switches = 0;
    static constexpr bool stiff = true;
    static std::vector<Segment> segments() { return {{0, 4e5, 0}}; }
    static std::vector<double> outputs() {
        std::vector<double> times;
        for (double t = 0.4; times.size() < 7; t *= 10) times.push_back(t);
        return times;
    }
    template <class T> static void start(T *y, const double *) {
        y[0] = 1;
        y[1] = y[2] = 0;
    }
    template <class T, class On> static void rhs(T, const T *y, T *d, const double *p, double, On &&) {
        T made = T(p[0]) * y[0], spent = T(p[1]) * y[1] * y[1], back = T(p[2]) * y[1] * y[2];
        d[0] = back - made;
        d[1] = made - back - spent;
        d[2] = spent;
    }
    /// Row by row.
    template <class T> static void jacobian(const T *y, T *a, const double *p) {
        T rows[9] = {-T(p[0]), T(p[2]) * y[2], T(p[2]) * y[1], T(p[0]), -T(p[2]) * y[2] - 2 * T(p[1]) * y[1], -T(p[2]) * y[1],
                     0, 2 * T(p[1]) * y[1], 0};
        for (int i = 0; i < 9; i++) a[i] = rows[i];
    }
    static double scale(int, double reference) { return std::fabs(reference) + 1e-10; }
};

/// HIRES: eight reactions of a plant's response to light (Schäfer 1975).
struct Hires {
    static constexpr const char *name = "hires";
    static constexpr int states = 8, parameters = 8, switches = 0;
    static constexpr bool stiff = false;
    static constexpr double longestStep = 1;
    static std::vector<Segment> segments() { return {{0, 321.8122, 0}}; }
    static std::vector<double> outputs() {
        std::vector<double> times;
        for (int i = 1; i <= 32; i++) times.push_back(10.0 * i);
        times.push_back(321.8122);
        return times;
    }
    template <class T> static void start(T *y, const double *) {
        for (int i = 0; i < states; i++) y[i] = 0;
        y[0] = 1;
        y[7] = 0.0057;
    }
    template <class T, class On> static void rhs(T, const T *y, T *d, const double *p, double, On &&) {
        T k1 = p[0], k2 = p[1], k3 = p[2], k5 = p[4], k = p[5], lost = p[7], met = T(p[6]) * y[5] * y[7];
        d[0] = -k1 * y[0] + k2 * y[1] + k3 * y[2] + T(p[3]);
        d[1] = k1 * y[0] - (k2 + k3) * y[1];
        d[2] = -(k1 + k3) * y[2] + k2 * y[3] + k5 * y[4];
        d[3] = k3 * y[1] + k1 * y[2] - (k2 + k) * y[3];
        d[4] = -(k5 + k1) * y[4] + k2 * (y[5] + y[6]);
        d[5] = -met + k * y[3] + k1 * y[4] - k2 * y[5] + lost * y[6];
        d[6] = met - (k2 + lost + k) * y[6];
        d[7] = -d[6];
    }
    static double scale(int, double reference) { return std::fabs(reference) + 1e-6; }
};

/// One node of the Epileptor (Jirsa et al. 2014) over 10,000 of its units of time: about 10 s.
struct Epileptor {
    static constexpr const char *name = "epileptor";
    static constexpr int states = 6, parameters = 4, switches = 3;
    static constexpr bool stiff = false;
    static constexpr double longestStep = 2;
    static std::vector<Segment> segments() { return {{0, 10000, 0}}; }
    static std::vector<double> outputs() {
        std::vector<double> times;
        for (int i = 1; i <= 1000; i++) times.push_back(10.0 * i);
        return times;
    }
    template <class T> static void start(T *y, const double *) {
        const double values[states] = {-1.5, -10, 3.5, -1, 0, -0.1};
        for (int i = 0; i < states; i++) y[i] = values[i];
    }
    template <class T, class On> static void rhs(T, const T *y, T *d, const double *p, double, On &&on) {
        T x1 = y[0], z = y[2], x2 = y[3];
        T steep = on(0, x1) ? T(p[3]) - x2 + T(0.6) * (z - T(4)) * (z - T(4)) : T(3) * x1 - x1 * x1;
        d[0] = y[1] - z + T(p[1]) + steep * x1;
        d[1] = T(1) - T(5) * x1 * x1 - y[1];
        T cube = z * z * z, below = on(1, z) ? T(0) : -T(0.1) * cube * cube * z;
        d[2] = T(p[2]) * (T(4) * (x1 - T(p[0])) - z + below);
        d[3] = -y[4] + x2 - x2 * x2 * x2 + T(0.45) + T(2) * y[5] - T(0.3) * (z - T(3.5));
        T over = x2 + T(0.25);
        d[4] = ((on(2, over) ? T(6) * over : T(0)) - y[4]) / T(10);
        d[5] = -T(0.01) * (y[5] - T(0.1) * x1);
    }
    static double scale(int, double) { return 1; }
};

/// A closed loop of heart, body and lung over 20 beats of 0.8 s: nine volumes (mL) and the aortic flow (mL/s); four valves.
struct Circulation {
    static constexpr const char *name = "circulation";
    static constexpr int states = 10, parameters = 12, switches = 4;
    static constexpr bool stiff = false;
    static constexpr double beat = 0.8, peak = 0.3, slack = 0.45, longestStep = 0.02;
    static std::vector<Segment> segments() { return {{0, 20 * beat, 0}}; }
    static std::vector<double> outputs() {
        std::vector<double> times;
        for (int i = 1; i <= 1600; i++) times.push_back(0.01 * i);
        return times;
    }
    template <class T> static void start(T *y, const double *) {
        const double values[states] = {60, 120, 600, 300, 2800, 60, 120, 120, 400, 80};
        for (int i = 0; i < states; i++) y[i] = values[i];
    }
    template <class T> static T activation(T t) {
        using std::cos, std::floor;
        T phase = t - T(beat) * floor(t / T(beat)), pi = T(3.141592653589793238462643383279502884L);
        if (phase < T(peak)) return T(0.5) * (T(1) - cos(pi / T(peak) * phase));
        if (phase < T(slack)) return T(0.5) * (T(1) + cos(pi / T(slack - peak) * (phase - T(peak))));
        return 0;
    }
    template <class T, class On> static void rhs(T t, const T *y, T *d, const double *p, double, On &&on) {
        T active = activation(t), left = T(p[1]) + active * (T(p[0]) - T(p[1])), right = T(p[3]) + active * (T(p[2]) - T(p[3]));
        T LA = T(p[4]) * (y[0] - T(20)), LV = left * (y[1] - T(10)), SA = (y[2] - T(500)) / T(p[8]), SC = (y[3] - T(200)) / T(4);
        T SV = (y[4] - T(2500)) / T(p[9]), RA = T(p[5]) * (y[5] - T(20)), RV = right * (y[6] - T(10));
        T PA = (y[7] - T(80)) / T(p[10]), PV = (y[8] - T(300)) / T(p[11]);
        auto valve = [&](int k, T difference, double resistance) { return on(k, difference) ? difference / T(resistance) : T(0); };
        T mitral = valve(0, LA - LV, 0.005), aortic = valve(1, LV - SA, 0.01);
        T tricuspid = valve(2, RA - RV, 0.005), pulmonary = valve(3, RV - PA, 0.006);
        T capillary = (SC - SV) / (T(0.15) * T(p[6])), caval = (SV - RA) / T(0.03), lung = (PA - PV) / T(p[7]), venous = (PV - LA) / T(0.01);
        d[0] = venous - mitral;
        d[1] = mitral - aortic;
        d[2] = aortic - y[9];
        d[3] = y[9] - capillary;
        d[4] = capillary - caval;
        d[5] = caval - tricuspid;
        d[6] = tricuspid - pulmonary;
        d[7] = pulmonary - lung;
        d[8] = lung - venous;
        d[9] = (SA - SC - T(0.85) * T(p[6]) * y[9]) / T(0.005);
    }
    static double scale(int, double reference) { return std::fabs(reference) + 1; }
};

/// Where an integrator that knows the model restarts: the segments, and the corners of what is driven by time alone.
template <class Model> std::vector<Segment> cutAtCorners() { return Model::segments(); }

/// The ventricles' activation has corners where they begin to contract, begin to relax and are slack.
template <> inline std::vector<Segment> cutAtCorners<Circulation>() {
    std::vector<Segment> all;
    for (int i = 0; i < 20; i++) {
        double from = Circulation::beat * i;
        for (double to : {from + Circulation::peak, from + Circulation::slack, Circulation::beat * (i + 1)}) {
            all.push_back({from, to, 0});
            from = to;
        }
    }
    return all;
}
