"""Drawing: scenes as data, composed from OpenMoji parts and simple shapes, to SVG and PNG."""
