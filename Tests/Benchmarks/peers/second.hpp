// A second method by other hands for the references: Boost's dopri5, or its rosenbrock4 where it is stiff, in 80-bit arithmetic.
//
// It evaluates switches by their sign and pays for it with minute steps at every corner: for a few draws only. (Not its Fehlberg 7(8):
// that pair's error estimate is blind to a right-hand side whose corner lies in time, and was wrong by 4e-5 on the circulation.)
#pragma once
#include "models.hpp"
#include <algorithm>
#include <array>
#include <boost/numeric/odeint.hpp>
#include <boost/numeric/ublas/matrix.hpp>
#include <boost/numeric/ublas/vector.hpp>

template <class Model> void solveByBoost(const double *p, long double tolerance, double *out) {
    namespace odeint = boost::numeric::odeint;
    typedef long double real;
    constexpr int n = Model::states;
    auto times = Model::outputs();
    size_t next = 0;
    std::array<real, n> y;
    Model::start(y.data(), p);
    for (const Segment &segment : cutAtCorners<Model>()) {
        auto slope = [&](const auto &x, auto &d, real t) { Model::template rhs<real>(t, &x[0], &d[0], p, segment.input, BySign()); };
        real t = segment.from, h = 1e-6L;
        // Every output is the end of a step: nothing is interpolated.
        auto advance = [&](real end, auto &stepper, auto &&system, auto &state) {
            while (t < end) {
                bool last = h >= end - t;
                real taken = last ? end - t : h, start = t;
                if (stepper.try_step(system, state, t, taken) == odeint::success) {
                    if (last) t = end;
                    h = std::max(last ? h : 0, taken);
                } else {
                    t = start;
                    h = taken;
                }
            }
        };
        auto through = [&](auto &stepper, auto &&system, auto &state) {
            while (next < times.size() && times[next] <= segment.to + 1e-9) {
                advance(std::min(times[next], segment.to), stepper, system, state);
                for (int i = 0; i < n; i++) out[next * n + i] = double(state[i]);
                next++;
            }
            advance(segment.to, stepper, system, state);
        };
        if constexpr (Model::stiff) {
            typedef boost::numeric::ublas::vector<real> Vector;
            typedef boost::numeric::ublas::matrix<real> Matrix;
            auto jacobian = [&](const Vector &x, Matrix &a, const real &, Vector &byTime) {
                real rows[n * n];
                Model::jacobian(&x[0], rows, p);
                for (int i = 0; i < n * n; i++) a(i / n, i % n) = rows[i];
                std::fill(byTime.begin(), byTime.end(), 0);
            };
            odeint::rosenbrock4_controller<odeint::rosenbrock4<real>> stepper(tolerance * 1e-6L, tolerance);
            Vector state(n);
            std::copy(y.begin(), y.end(), state.begin());
            through(stepper, std::make_pair(slope, jacobian), state);
        } else {
            typedef odeint::runge_kutta_dopri5<std::array<real, n>, real, std::array<real, n>, real, odeint::array_algebra> Dopri5;
            auto stepper = odeint::make_controlled<Dopri5>(tolerance, tolerance);
            through(stepper, slope, y);
        }
    }
}
