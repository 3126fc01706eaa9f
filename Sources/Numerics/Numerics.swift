// What imports Numerics sees lanes, systems' protocol and integrators too.

// They stand in a module of their own only so that the kernel libraries carry no linear algebra.
@_exported import Integration
