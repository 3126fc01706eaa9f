// The few zlib calls that reading a gzipped file needs, as functions: inflateInit2 is a macro, which Swift cannot see.
#ifndef CZLIBSHIM_H
#define CZLIBSHIM_H

#include <zlib.h>

/// A fresh inflating stream for gzip data; NULL when memory is short. Free it with tb_inflate_end.
z_stream *tb_inflate_begin(void);
/// One step of inflate with Z_NO_FLUSH; returns zlib's own code.
int tb_inflate(z_stream *stream);
/// Makes the stream ready for the next member of a gzip file.
int tb_inflate_next_member(z_stream *stream);
/// Frees what tb_inflate_begin made.
void tb_inflate_end(z_stream *stream);

/// A whole text as gzip data in `output` (for tests and exports); returns the number of bytes, or 0 when it does not fit.
unsigned long tb_gzip(const unsigned char *input, unsigned long count, unsigned char *output, unsigned long room);

#endif
