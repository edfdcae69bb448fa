/** Files that work as they stand, but for prices, which are a provider's own. */
export const SAMPLES = {
  cloud: `[providers.dashscope]
base_url = "https://dashscope.aliyuncs.com/compatible-mode/v1"
key_env = "DASHSCOPE_API_KEY"

[models.flash]
provider = "dashscope"
model = "qwen-flash"
price_read = 0.15
price_written = 1.5
schema_as = "json_object"
thinks = "enable_thinking"

[roles]
fast = ["flash"]
thinking = ["flash"]
`,
  local: `[providers.local]
base_url = "http://127.0.0.1:11434/v1"
at_once = 2

[models.small]
provider = "local"
model = "qwen3:4b"

[roles]
fast = ["small"]
thinking = ["small"]
`,
} as const;

export type Sample = keyof typeof SAMPLES;

/** How the key of the first is given, in a shell. */
export const KEY = "export DASHSCOPE_API_KEY=sk-…";
