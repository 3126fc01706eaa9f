// The peer without a stiff solver: Boost's dopri5 with dense output on the Epileptor and the circulation, on one core.
//
// solver FOLDER     reads draws and references; answers each line «WORKLOAD PEER» on standard input with one line of JSON (README.md says
//                   its shape), so that whoever compares can measure itself in between
#include "models.hpp"
#include <algorithm>
#include <array>
#include <boost/numeric/odeint.hpp>
#include <boost/version.hpp>
#include <cstdio>
#include <ctime>
#include <string>
#include <stdexcept>

namespace odeint = boost::numeric::odeint;

static std::vector<double> read(const std::string &path) {
    FILE *file = fopen(path.c_str(), "rb");
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<double> values;
    double block[4096];
    for (size_t count; (count = fread(block, 8, 4096, file)) > 0;) values.insert(values.end(), block, block + count);
    fclose(file);
    return values;
}

static double processorSeconds() {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

static double quantile(const std::vector<double> &sorted, double share) {
    double place = share * double(sorted.size() - 1);
    size_t below = size_t(place), above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
}

/// All outputs of one draw. A step goes past an output and is interpolated; it ends on the end of a segment.
template <class Model>
static void solve(const double *p, const std::vector<Segment> &segments, const std::vector<double> &times, double tolerance, double *out) {
    constexpr int n = Model::states;
    typedef std::array<double, n> State;
    State y, at;
    Model::start(y.data(), p);
    size_t next = 0;
    double h = 1e-3;
    for (const Segment &segment : segments) {
        auto slope = [&](const State &x, State &d, double t) { Model::rhs(t, x.data(), d.data(), p, segment.input, BySign()); };
        auto write = [&](const State &x) { std::copy(x.begin(), x.end(), out + n * next++); };
        auto stepper = odeint::make_dense_output(tolerance * 1e-3, tolerance, odeint::runge_kutta_dopri5<State>());
        stepper.initialize(y, segment.from, std::min(h, segment.to - segment.from));
        while (stepper.current_time() < segment.to) {
            double left = segment.to - stepper.current_time();
            h = stepper.current_time_step();
            if (h > left) stepper.initialize(State(stepper.current_state()), stepper.current_time(), left);
            stepper.do_step(slope);
            for (; next < times.size() && times[next] <= stepper.current_time() && times[next] < segment.to - 1e-9;) {
                stepper.calc_state(times[next], at);
                write(at);
            }
        }
        y = stepper.current_state();
        if (next < times.size() && std::abs(times[next] - segment.to) < 1e-9) write(y);
    }
}

template <class Model>
static void measure(const std::string &folder, const char *peer, const std::vector<Segment> &segments, const std::vector<double> &tolerances) {
    const auto times = Model::outputs();
    const size_t size = times.size() * Model::states;
    auto draws = read(folder + "/" + Model::name + ".draws.f64"), reference = read(folder + "/" + Model::name + ".reference.f64");
    const int count = int(reference.size() / size);
    std::vector<double> found(reference.size());
    printf("{\"peer\": \"%s\", \"version\": \"%s\", \"workload\": \"%s\", \"draws\": %d, \"points\": [", peer, BOOST_LIB_VERSION, Model::name, count);
    for (size_t k = 0; k < tolerances.size(); k++) {
        std::vector<double> errors;
        double begin = processorSeconds();
        for (int i = 0; i < count; i++)
            solve<Model>(&draws[size_t(i) * Model::parameters], segments, times, tolerances[k], &found[i * size]);
        double seconds = processorSeconds() - begin;
        for (int i = 0; i < count; i++) {
            double greatest = 0;
            for (size_t j = i * size; j < (i + 1) * size; j++) {
                double error = std::abs(found[j] - reference[j]) / Model::scale(j % Model::states, reference[j]);
                if (!(error <= greatest)) greatest = error;
            }
            errors.push_back(greatest);
        }
        std::sort(errors.begin(), errors.end());
        printf("%s{\"rtol\": %.3g, \"atol\": %.3g, \"seconds\": %.4f, \"trajectories_per_second\": %.2f, ", k ? ", " : "", tolerances[k],
               tolerances[k] * 1e-3, seconds, count / seconds);
        printf("\"median_error\": %.4g, \"p90\": %.4g, \"max\": %.4g}", quantile(errors, 0.5), quantile(errors, 0.9), errors.back());
    }
    printf("]}\n");
    fflush(stdout);
}

int main(int count, char **arguments) try {
    if (count != 2) return fprintf(stderr, "usage: solver FOLDER\n"), 64;
    std::string folder = arguments[1];
    const std::vector<double> node = {1e-5, 1e-6, 1e-7, 1e-8, 1e-9}, heart = {1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
    char workload[40], peer[40];
    while (scanf("%39s %39s", workload, peer) == 2) {
        std::string asked = std::string(workload) + " " + peer;
        if (asked == "epileptor Boost") measure<Epileptor>(folder, "Boost dopri5", Epileptor::segments(), node);
        else if (asked == "circulation Boost") measure<Circulation>(folder, "Boost dopri5", Circulation::segments(), heart);
        else if (asked == "circulation Boost-corners")
            measure<Circulation>(folder, "Boost dopri5, restarted at corners", cutAtCorners<Circulation>(), heart);
        else throw std::runtime_error("nobody measures " + asked);
    }
    return 0;
} catch (const std::exception &error) {
    return fprintf(stderr, "solver: %s\n", error.what()), 70;
}
