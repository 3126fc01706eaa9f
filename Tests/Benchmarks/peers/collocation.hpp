// Reference solutions of a stiff problem: Radau IIA collocation on a grid that is even in log t, in 80-bit arithmetic.
//
// What relaxes from a start at t = 0 is smooth in log t, so no step has to be chosen: with nine stages (order 17) a ratio of 1.2 between
// neighbouring times leaves nothing to see, and a finer grid says how little. (Extrapolation loses its order on Robertson's reactions.)
#pragma once
#include "models.hpp"
#include <algorithm>
#include <array>
#include <stdexcept>

typedef long double real;

/// Nodes on [0, 1], the last one 1, and the integrals of the Lagrange polynomials from 0 to each node.
template <int stages> struct Radau {
    std::array<real, stages> node;
    std::array<std::array<real, stages>, stages> weight;

    Radau() {
        // Nodes: the zeros of P(s) - P(s-1) on [-1, 1], of which 1 is one; between them the sign changes are found by halving.
        auto radau = [](real x) { return legendre(stages, x) - legendre(stages - 1, x); };
        int found = 0;
        const int parts = 4000;
        for (int i = 0; i < parts && found < stages - 1; i++) {
            real a = -1 + 2.0L * i / parts, b = -1 + 2.0L * (i + 1) / parts;
            if (radau(a) * radau(b) > 0) continue;
            for (int k = 0; k < 80; k++) (radau(a) * radau((a + b) / 2) <= 0 ? b : a) = (a + b) / 2;
            node[found++] = (1 + a) / 2;
        }
        node[stages - 1] = 1;
        // The rule integrates polynomials to degree 2s - 2 exactly once its weights are known; those come from a fine Gauss rule.
        real point[stages], share[stages];
        gauss(point, share);
        for (int i = 0; i < stages; i++)
            for (int j = 0; j < stages; j++) {
                weight[i][j] = 0;
                for (int q = 0; q < stages; q++) weight[i][j] += node[i] * share[q] * lagrange(j, node[i] * point[q]);
            }
    }

  private:
    static real legendre(int degree, real x) {
        real before = 1, value = x;
        for (int k = 2; k <= degree; k++) {
            real next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
            before = value;
            value = next;
        }
        return degree == 0 ? 1 : value;
    }
    static void gauss(real *point, real *share) {
        for (int i = 0; i < stages; i++) {
            real x = std::cos(3.14159265358979323846L * (i + 0.75L) / (stages + 0.5L)), slope = 0;
            for (int k = 0; k < 20; k++) {
                slope = stages * (x * legendre(stages, x) - legendre(stages - 1, x)) / (x * x - 1);
                x -= legendre(stages, x) / slope;
            }
            point[i] = (1 + x) / 2;
            share[i] = 1 / ((1 - x * x) * slope * slope);
        }
    }
    real lagrange(int j, real x) const {
        real value = 1;
        for (int k = 0; k < stages; k++)
            if (k != j) value *= (x - node[k]) / (node[j] - node[k]);
        return value;
    }
};

template <class Model> class Collocation {
    static constexpr int n = Model::states, stages = 9, size = n * stages;
    typedef std::array<real, n> State;

  public:
    /// `ratio`: between neighbouring times.
    Collocation(const double *draw, real ratio) : p(draw), ratio(ratio) {}

    /// All outputs, in order.
    void solve(double *out) {
        State y;
        Model::start(y.data(), p);
        real t = 0, first = 1e-8L;
        for (double output : Model::outputs()) {
            // As many even steps in log t as keep the ratio, so that the last one ends on the output.
            real from = std::max(t, first);
            int steps = int(std::ceil(std::log(output / from) / std::log(ratio)));
            if (t == 0) advance(y, first);
            for (int i = 0; i < steps; i++) {
                real a = from * std::pow(output / from, real(i) / steps), b = from * std::pow(output / from, real(i + 1) / steps);
                advance(y, b - a);
            }
            t = output;
            for (int i = 0; i < n; i++) *out++ = double(y[i]);
        }
    }

  private:
    const double *p;
    real ratio;
    inline static const Radau<stages> rule;

    /// Newton's method on all stages at once, with the exact Jacobian at each.
    void advance(State &y, real h) {
        std::array<State, stages> Y, f;
        Y.fill(y);
        std::array<std::array<real, n * n>, stages> jacobian;
        real before = 1e30L;
        for (int turn = 0; turn < 40; turn++) {
            for (int j = 0; j < stages; j++) {
                Model::template rhs<real>(0, Y[j].data(), f[j].data(), p, 0, BySign());
                Model::jacobian(Y[j].data(), jacobian[j].data(), p);
            }
            static thread_local std::array<std::array<real, size + 1>, size> a;
            for (int i = 0; i < stages; i++)
                for (int r = 0; r < n; r++) {
                    real left = y[r] - Y[i][r];
                    for (int j = 0; j < stages; j++) {
                        left += h * rule.weight[i][j] * f[j][r];
                        for (int c = 0; c < n; c++)
                            a[i * n + r][j * n + c] = (i == j && r == c) - h * rule.weight[i][j] * jacobian[j][r * n + c];
                    }
                    a[i * n + r][size] = left;
                }
            solve(a);
            real moved = 0;
            for (int i = 0; i < stages; i++)
                for (int r = 0; r < n; r++) {
                    Y[i][r] += a[i * n + r][size];
                    moved = std::max(moved, std::abs(a[i * n + r][size]) / real(Model::scale(r, double(Y[i][r]))));
                }
            // It ends where rounding does: when a correction is small and no longer falls.
            if (moved < 1e-13L && moved > before / 4) {
                y = Y[stages - 1];
                return;
            }
            before = moved;
        }
        throw std::runtime_error("Newton's method does not settle");
    }

    /// The last column becomes the solution.
    static void solve(std::array<std::array<real, size + 1>, size> &a) {
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int i = k + 1; i < size; i++)
                if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
            std::swap(a[k], a[pivot]);
            for (int i = k + 1; i < size; i++) {
                real factor = a[i][k] / a[k][k];
                if (factor == 0) continue;
                for (int j = k + 1; j <= size; j++) a[i][j] -= factor * a[k][j];
            }
        }
        for (int k = size; k-- > 0;) {
            for (int j = k + 1; j < size; j++) a[k][size] -= a[k][j] * a[j][size];
            a[k][size] /= a[k][k];
        }
    }
};
