package dev.goldline.modelruntime.cost;

/** How a cache stores its rows. */
public enum CacheFormat {
    /**
     * As in DeepSeek's service: latents as e4m3 with an fp32 scale per 128, rotated parts as bf16, index keys as e4m3
     * with one fp32 scale per 128.
     */
    FP8 {
        @Override
        long latentBytes(int latent, int rope) {
            return latent + 4L * Math.ceilDiv(latent, SCALE_GROUP) + 2L * rope;
        }

        @Override
        long indexBytes(int dims) {
            return dims + 4L * Math.ceilDiv(dims, SCALE_GROUP);
        }
    },
    BF16 {
        @Override
        long latentBytes(int latent, int rope) {
            return 2L * (latent + rope);
        }

        @Override
        long indexBytes(int dims) {
            return 2L * dims;
        }
    },
    /** As this runtime holds them. */
    FP32 {
        @Override
        long latentBytes(int latent, int rope) {
            return 4L * (latent + rope);
        }

        @Override
        long indexBytes(int dims) {
            return 4L * dims;
        }
    };

    private static final int SCALE_GROUP = 128;

    abstract long latentBytes(int latent, int rope);

    abstract long indexBytes(int dims);
}
