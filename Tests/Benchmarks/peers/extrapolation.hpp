// Reference solutions: extrapolation of the midpoint rule in the square of the step (Gragg; Bulirsch and Stoer).
//
// The order is as high as a step needs (up to 20), so a tolerance far below 1e-12 costs little. That holds only while the right-hand side
// is smooth: switches are held as they stand, and the step that would pass a change ends on it.
#pragma once
#include "models.hpp"
#include <algorithm>
#include <array>
#include <stdexcept>

/// Answers with the switches as they were, and notes how they would be.
template <class real> struct Held {
    unsigned mode = 0, now = 0;
    std::array<real, 8> quantity{};
    bool operator()(int k, const real &value) {
        quantity[k] = value;
        now = value > 0 ? now | 1u << k : now & ~(1u << k);
        return mode >> k & 1;
    }
};

template <class Model, class real> class Extrapolation {
    static constexpr int n = Model::states, rows = 10;
    typedef std::array<real, n> State;

  public:
    /// `haste` scales the longest step, and shifts the order that steps aim at: another value is another path to the same solution.
    Extrapolation(const double *draw, real tolerance, int haste) : p(draw), tolerance(tolerance), aim(6 + haste) {
        longest = Model::longestStep / (2 - haste);
    }

    /// All outputs, in order.
    void solve(double *out) {
        State y;
        Model::start(y.data(), p);
        auto times = Model::outputs();
        size_t next = 0;
        bool first = true;
        for (const Segment &segment : cutAtCorners<Model>()) {
            input = segment.input;
            step = std::min<real>(longest, 1e-4);
            real t = segment.from;
            if (first) held.mode = switchesAt(t, y);
            first = false;
            // An output at the very end of a segment belongs to it: the times of both are rounded alike, or nearly.
            while (next < times.size() && times[next] <= segment.to + 1e-9) {
                advance(t, y, std::min<real>(times[next], segment.to));
                for (int i = 0; i < n; i++) out[next * n + i] = double(y[i]);
                next++;
            }
            advance(t, y, segment.to);
        }
    }

  private:
    const double *p;
    real tolerance, longest, step = 0;
    int aim;
    double input = 0;
    Held<real> held;
    unsigned strayed = 0;

    void slope(real t, const State &y, State &d) { Model::template rhs<real>(t, y.data(), d.data(), p, input, held); }
    unsigned switchesAt(real t, const State &y) {
        State d;
        slope(t, y, d);
        return held.now;
    }

    void advance(real &t, State &y, real end) {
        while (t < end) {
            // The step is what lies between two times as they are rounded: a thousand half-units in the last place are seen.
            bool last = step >= end - t;
            real to = last ? end : t + step, growth = 1;
            State found;
            while (!attempt(t, y, to - t, found, growth)) {
                last = false;
                to = t + (to - t) * growth;
                if (!(to - t > 1e-15 * std::max<real>(1, t))) throw std::runtime_error("no step is small enough");
            }
            const real h = to - t;
            if constexpr (Model::switches > 0)
                if (!isSmooth(t, y, h, found)) continue;
            t = to;
            add(y, found);
            // A step cut short by an output tells of longer ones only if it was hard.
            step = std::min(longest, last ? std::max(step * std::min<real>(growth, 1), h * growth) : h * growth);
        }
    }

    /// True: no switch changes on the way, `found` stands. False: `step` was shortened, or the state was moved onto the change.
    bool isSmooth(real &t, State &y, real h, const State &found) {
        unsigned inside = strayed, changed = switchesAt(t + h, sum(y, found)) ^ held.mode;
        if ((inside | changed) == 0) return true;
        if (h < 1e-8 * longest) { // a graze: what is missed is of second order in so short a step
            held.mode ^= changed;
            return true;
        }
        auto after = held.quantity;
        switchesAt(t, y);
        auto before = held.quantity;
        int k = __builtin_ctz(inside | changed);
        bool isAlone = (inside | changed) == 1u << k && (changed & inside) == changed && changed != 0;
        if (!isAlone || before[k] * after[k] >= 0) {
            step = h / 2;
            return false;
        }
        // Regula falsi (Illinois). The slope is continuous at a change: a miss by d is an error of order d squared.
        real a = 0, b = h, ga = before[k], gb = after[k], enough = 1e-11 * (std::abs(ga) + std::abs(gb));
        State at = found;
        for (int side = 0, turn = 0; turn < 60; turn++) {
            real c = t + (a * gb - b * ga) / (gb - ga) - t, growth = 1;
            if (!attempt(t, y, c, at, growth)) {
                step = h / 2;
                return false;
            }
            switchesAt(t + c, sum(y, at));
            real gc = held.quantity[k];
            bool isFar = gc * gb > 0;
            if (isFar) {
                b = c, gb = gc;
                if (side == 1) ga /= 2;
            } else {
                a = c, ga = gc;
                if (side == -1) gb /= 2;
            }
            side = isFar ? 1 : -1;
            if (std::abs(gc) <= enough || b - a < 1e-9 * longest) {
                t += c;
                add(y, at);
                held.mode ^= 1u << k;
                return false;
            }
        }
        throw std::runtime_error("a switch could not be located");
    }

    /// One step; false if its rows do not settle. `growth`: by how much the next, or the next try, should be longer.
    bool attempt(real t, const State &y, real h, State &found, real &growth) {
        std::array<State, rows> table;
        State first;
        slope(t, y, first);
        real last = 1e300;
        for (int row = 0; row < rows; row++) {
            State value, above;
            strayed = 0;
            midpoints(t, y, first, h, 2 * (row + 1), value);
            real error = 0;
            for (int k = 1; k <= row; k++) {
                real ratio = real(row + 1) / (row - k + 1);
                above = table[k - 1];
                table[k - 1] = value;
                for (int i = 0; i < n; i++) value[i] += (value[i] - above[i]) / (ratio * ratio - 1);
            }
            table[row] = value;
            if (row == 0) continue;
            for (int i = 0; i < n; i++) {
                real size = Model::scale(i, double(y[i]));
                if (size == 0) size = std::abs(y[i]) + real(1e-3);
                error = std::max(error, std::abs(value[i] - above[i]) / size);
            }
            growth = real(0.9) * std::pow(tolerance / std::max(error, tolerance / 1000), real(1) / (2 * row + 1));
            if (row >= 3 && error <= tolerance) {
                found = value;
                if (row < aim) growth *= 1 + real(0.1) * (aim - row);
                return true;
            }
            // Rows that drift apart will not meet.
            if (!(error < 1e300) || (row >= 4 && error > last)) break;
            last = error;
        }
        growth = std::max<real>(0.2, std::min<real>(0.7, growth));
        return false;
    }

    /// `parts` steps of the midpoint rule, and Gragg's smoothing of the last; `change` is what is added to the state on the way.
    void midpoints(real t, const State &y, const State &first, real h, int parts, State &change) {
        real s = h / parts;
        State before{}, d;
        for (int i = 0; i < n; i++) change[i] = s * first[i];
        for (int part = 1; part <= parts; part++) {
            slope(t + s * part, sum(y, change), d);
            strayed |= held.now ^ held.mode;
            for (int i = 0; i < n; i++) {
                real next = before[i] + 2 * s * d[i];
                if (part == parts) change[i] = (change[i] + before[i] + s * d[i]) / 2;
                else before[i] = change[i], change[i] = next;
            }
        }
    }

    // Steps yield changes, and what a sum rounds away is carried along: thousands of steps round no worse than one.
    State rest{};
    State sum(const State &y, const State &change) const {
        State found;
        for (int i = 0; i < n; i++) found[i] = y[i] + (change[i] + rest[i]);
        return found;
    }
    void add(State &y, const State &change) {
        for (int i = 0; i < n; i++) {
            real wanted = change[i] + rest[i], found = y[i] + wanted;
            rest[i] = wanted - (found - y[i]);
            y[i] = found;
        }
    }
};
