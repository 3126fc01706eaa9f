// Writes reference solutions of every draw, and says how far they are to be trusted.
//
// references FOLDER [WORKLOAD …]     reads WORKLOAD.draws.f64, writes WORKLOAD.reference.f64 (draw, output, state) and
//                                    WORKLOAD.reference.json: the greatest scaled difference from a finer solution by another path
//                                    and from Boost's method, each on some draws (64 draws of the Epileptor in all)
#include "collocation.hpp"
#include "extrapolation.hpp"
#include "second.hpp"
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

static std::vector<double> read(const std::string &path) {
    FILE *file = fopen(path.c_str(), "rb");
    if (!file) throw std::runtime_error("cannot read " + path);
    std::vector<double> values;
    double block[4096];
    for (size_t count; (count = fread(block, 8, 4096, file)) > 0;) values.insert(values.end(), block, block + count);
    fclose(file);
    return values;
}

/// `work(i)` for all of `0..<count`, on two threads.
template <class Work> static void share(int count, Work work) {
    std::atomic<int> next{0};
    std::string fault;
    std::mutex lock;
    auto run = [&] {
        for (int i; (i = next++) < count;) try {
                work(i);
            } catch (const std::exception &error) {
                std::lock_guard<std::mutex> guard(lock);
                fault = "draw " + std::to_string(i) + ": " + error.what();
            }
    };
    std::thread other(run);
    run();
    other.join();
    if (!fault.empty()) throw std::runtime_error(fault);
}

template <class Model> static double difference(const double *one, const double *other) {
    size_t size = Model::outputs().size() * Model::states;
    double greatest = 0;
    for (size_t i = 0; i < size; i++) {
        double scale = Model::scale(i % Model::states, one[i]);
        if (scale == 0) continue;
        double error = std::abs(one[i] - other[i]) / scale;
        if (!(error <= greatest)) greatest = error;
    }
    return greatest;
}

/// One draw; `finer` asks for more accuracy than the reference has, by other steps and in 80-bit arithmetic.
template <class Model> static void solve(const double *draw, bool finer, double *out) {
    if constexpr (Model::stiff) {
        Collocation<Model>(draw, finer ? 1.15L : 1.35L).solve(out);
    } else if constexpr (std::is_same_v<Model, Epileptor>) {
        // Errors grow ten-thousandfold on its way, those of rounding too.
        Extrapolation<Model, long double>(draw, finer ? 1e-17L : 1e-15L, finer ? 0 : 1).solve(out);
    } else if (finer) {
        Extrapolation<Model, long double>(draw, 3e-17L, 0).solve(out);
    } else {
        Extrapolation<Model, double>(draw, 5e-15, 1).solve(out);
    }
}

template <class Model> static void write(const std::string &folder, int count, int boostDraws, long double boostTolerance) {
    auto begin = std::chrono::steady_clock::now();
    auto draws = read(folder + "/" + Model::name + ".draws.f64");
    count = std::min(count, int(draws.size()) / Model::parameters);
    const int finerDraws = std::min(count, 8);
    const size_t size = Model::outputs().size() * Model::states;
    auto draw = [&](int i) { return draws.data() + size_t(i) * Model::parameters; };
    std::vector<double> found(count * size);
    share(count, [&](int i) { solve<Model>(draw(i), false, found.data() + i * size); });
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::vector<double> finer(finerDraws), boost(boostDraws);
    share(finerDraws, [&](int i) {
        std::vector<double> again(size);
        const int at = i * (count / finerDraws);
        solve<Model>(draw(at), true, again.data());
        finer[i] = difference<Model>(found.data() + at * size, again.data());
    });
    share(boostDraws, [&](int i) {
        std::vector<double> again(size);
        solveByBoost<Model>(draw(i), boostTolerance, again.data());
        boost[i] = difference<Model>(found.data() + i * size, again.data());
    });
    std::string path = folder + "/" + Model::name + ".reference";
    FILE *file = fopen((path + ".f64").c_str(), "wb");
    if (!file || fwrite(found.data(), 8, found.size(), file) != found.size() || fclose(file)) throw std::runtime_error("cannot write " + path);
    double whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::sort(finer.begin(), finer.end());
    char text[400];
    snprintf(text, sizeof text,
             "{\"workload\": \"%s\", \"draws\": %d, \"against_finer\": {\"draws\": %zu, \"median\": %.1e, \"max\": %.1e}, "
             "\"against_boost\": {\"draws\": %d, \"max\": %.1e}, \"seconds\": %.1f, \"with_checks\": %.1f}\n",
             Model::name, count, finer.size(), finer[finer.size() / 2], finer.back(), boostDraws, *std::max_element(boost.begin(), boost.end()),
             seconds, whole);
    printf("%s", text);
    fflush(stdout);
    file = fopen((path + ".json").c_str(), "w");
    if (!file || fputs(text, file) < 0 || fclose(file)) throw std::runtime_error("cannot write " + path);
}

int main(int count, char **arguments) try {
    if (count < 2) return fprintf(stderr, "usage: references FOLDER [WORKLOAD ...]\n"), 64;
    auto isWanted = [&](const char *name) {
        for (int i = 2; i < count; i++)
            if (!strcmp(arguments[i], name)) return true;
        return count == 2;
    };
    if (isWanted("friberg")) write<Friberg>(arguments[1], 1000, 2, 1e-16L);
    if (isWanted("robertson")) write<Robertson>(arguments[1], 1000, 2, 1e-13L);
    if (isWanted("hires")) write<Hires>(arguments[1], 1000, 2, 1e-16L);
    if (isWanted("epileptor")) write<Epileptor>(arguments[1], 64, 1, 1e-15L);
    if (isWanted("circulation")) write<Circulation>(arguments[1], 1000, 2, 1e-15L);
    return 0;
} catch (const std::exception &error) {
    return fprintf(stderr, "references: %s\n", error.what()), 70;
}
