// The gzip side of zlib behind plain functions.
#include "CZlibShim.h"

#include <stdlib.h>

// 15 bits of window, the largest; 16 more ask zlib for the gzip wrapping and its checksum.
enum { gzip_window = 15 + 16 };

z_stream *tb_inflate_begin(void) {
    z_stream *stream = calloc(1, sizeof *stream);
    if (stream != NULL && inflateInit2(stream, gzip_window) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

int tb_inflate(z_stream *stream) { return inflate(stream, Z_NO_FLUSH); }

int tb_inflate_next_member(z_stream *stream) { return inflateReset2(stream, gzip_window); }

void tb_inflate_end(z_stream *stream) {
    if (stream != NULL) {
        inflateEnd(stream);
        free(stream);
    }
}

unsigned long tb_gzip(const unsigned char *input, unsigned long count, unsigned char *output, unsigned long room) {
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)input;
    stream.avail_in = (unsigned)count;
    stream.next_out = output;
    stream.avail_out = (unsigned)room;
    int code = deflate(&stream, Z_FINISH);
    unsigned long written = stream.total_out;
    deflateEnd(&stream);
    return code == Z_STREAM_END ? written : 0;
}
