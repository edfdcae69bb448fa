// The API as agreed, until it is generated from the server by `npm run api`.

type Body<T> = { content: { "application/json": T } };
type ReadTool<Query, Output> = {
  get: {
    parameters: { path: { shop: string }; query?: Query };
    responses: { 200: Body<Output> };
  };
  post?: never;
};
type ChangeTool<Input, Output> = {
  get?: never;
  post: {
    parameters: { path: { shop: string } };
    requestBody: Body<Input>;
    responses: { 200: Body<Output>; 202: Body<{ approval: components["schemas"]["Approval"] }> };
  };
};
type Post<Input, Output> = {
  get?: never;
  post: { requestBody: Body<Input>; responses: { 200: Body<Output> } };
};
type Page<T> = { items: T[]; total: number; page: number; size: number };
type Paged = { page?: number; size?: number; q?: string };
type S = components["schemas"];

export interface components {
  schemas: {
    Session: {
      user: { id: string; email: string | null; name: string; totp_enabled: boolean } | null;
      shops: { id: string; name: string; role: S["Role"] }[];
      setup_needed: boolean;
    };
    Role: "owner" | "agent" | "viewer";
    Approval: {
      id: string;
      tool: string;
      purpose: string;
      risk: string;
      given: Record<string, unknown>;
      status: "waiting" | "approved" | "rejected" | "expired";
      requested_by: string;
      created_at: string;
      expires_at: string;
    };
    Overview: {
      products: number;
      skus: number;
      orders: number;
      order_lines: number;
      buyers: number;
      paid_fen: number;
      refunds: number;
      faqs: number;
      policies: number;
      first_order_at: string | null;
      last_order_at: string | null;
      days: { date: string; orders: number; paid_fen: number }[];
    };
    ProductRow: {
      id: string;
      title: string;
      category: string | null;
      picture_url: string | null;
      price_min_fen: number | null;
      price_max_fen: number | null;
      stock: number | null;
      sku_count: number;
      on_sale: boolean;
    };
    Sku: {
      id: string;
      name: string;
      price_fen: number | null;
      stock: number | null;
      attributes: Record<string, string>;
      code: string | null;
    };
    Product: S["ProductRow"] & { attributes: Record<string, string>; skus: S["Sku"][] };
    OrderStatus: "unpaid" | "paid" | "shipped" | "delivered" | "closed" | "refunding";
    OrderRow: {
      id: string;
      buyer: string | null;
      status: S["OrderStatus"];
      paid_fen: number;
      created_at: string | null;
      paid_at: string | null;
      title: string;
      quantity: number;
    };
    Refund: {
      id: string;
      type: string;
      reason: string;
      status: string;
      amount_fen: number;
      created_at: string | null;
    };
    Order: S["OrderRow"] & {
      receiver_name: string | null;
      receiver_phone: string | null;
      receiver_address: string | null;
      lines: {
        sku_id: string | null;
        title: string;
        price_fen: number;
        quantity: number;
        attributes: Record<string, string>;
      }[];
      refunds: S["Refund"][];
      carrier: string | null;
      tracking_no: string | null;
      shipped_at: string | null;
      delivered_at: string | null;
      buyer_message: string | null;
      note: string | null;
      close_reason: string | null;
      timeline: { at: string; what: string }[];
    };
    Buyer: {
      id: string;
      nick: string;
      orders: number;
      paid_fen: number;
      last_order_at: string | null;
      city: string | null;
    };
    ImportFile: {
      id: string;
      path: string;
      kind: string;
      kind_name: string;
      encoding: string | null;
      bytes: number;
      accepted: number;
      rejected: number;
      problems: { row: number; column: string | null; reason: string }[];
      problem_count: number;
      error: string | null;
      headers: string[];
      fields: { field: string; label: string; required: boolean }[];
      mapping: Record<string, string | null>;
      preview: Record<string, string>[];
      done: boolean;
    };
    ImportState: "staged" | "queued" | "running" | "done" | "failed" | "undoing" | "undone";
    Import: {
      id: string;
      state: S["ImportState"];
      created_at: string;
      finished_at: string | null;
      bytes_total: number;
      bytes_done: number;
      rows_done: number;
      rows_per_second: number;
      seconds_left: number | null;
      files: S["ImportFile"][];
      counts: {
        products: number;
        skus: number;
        orders: number;
        order_lines: number;
        buyers: number;
        paid_fen: number;
      } | null;
    };
    Faq: { id: string; question: string; similar: string[]; answer: string };
    Policy: {
      id: string;
      title: string;
      effective: string | null;
      clauses: { number: number; text: string }[];
    };
    Proposal: {
      id: string;
      question: string;
      answer: string;
      similar: string[];
      seen: number;
      status: string;
    };
    Answer: {
      decision: "answer" | "clarify" | "handoff" | "decline";
      reply: string;
      confidence: number;
      sources: { id: string; text: string }[];
      reason: string;
      ms: number;
    };
    Member: { user_id: string; email: string | null; name: string; role: S["Role"]; pending: boolean };
    Key: {
      id: string;
      name: string;
      role: S["Role"];
      created_at: string;
      last_used_at: string | null;
    };
    SessionRow: {
      id: string;
      created_at: string;
      last_used_at: string | null;
      agent: string | null;
      current: boolean;
    };
  };
}

export interface paths {
  "/api/auth/session": { get: { responses: { 200: Body<S["Session"]> } }; post?: never };
  "/api/auth/sign-in": Post<{ email: string; password: string; code?: string }, unknown>;
  "/api/auth/sign-out": { get?: never; post: { responses: { 200: Body<unknown> } } };
  "/api/auth/link": Post<{ token: string }, unknown>;
  "/api/auth/accept-invitation": Post<{ token: string; name: string; password: string }, unknown>;
  "/api/auth/request-reset": Post<{ email: string }, unknown>;
  "/api/auth/reset": Post<{ token: string; password: string }, unknown>;
  "/api/auth/password": Post<{ current?: string; new: string }, unknown>;
  "/api/auth/totp/start": {
    get?: never;
    post: { responses: { 200: Body<{ secret: string; uri: string; svg: string }> } };
  };
  "/api/auth/totp/confirm": Post<{ code: string }, { recovery_codes: string[] }>;
  "/api/auth/totp/disable": Post<{ password: string }, unknown>;
  "/api/auth/sessions": {
    get: { responses: { 200: Body<{ items: S["SessionRow"][] }> } };
    post?: never;
    delete: { responses: { 200: Body<unknown> } };
  };
  "/api/shops": Post<{ id?: string; name: string }, { id: string; name: string }>;

  "/api/shops/{shop}/tools/shop.overview": ReadTool<Record<string, never>, S["Overview"]>;
  "/api/shops/{shop}/tools/shop.list_products": ReadTool<Paged, Page<S["ProductRow"]>>;
  "/api/shops/{shop}/tools/shop.get_product": ReadTool<{ product_id: string }, S["Product"]>;
  "/api/shops/{shop}/tools/shop.list_orders": ReadTool<
    Paged & { status?: S["OrderStatus"]; since?: string; until?: string },
    Page<S["OrderRow"]>
  >;
  "/api/shops/{shop}/tools/shop.get_order": ReadTool<{ order_id: string }, S["Order"]>;
  "/api/shops/{shop}/tools/shop.reveal_receiver": ReadTool<
    { order_id: string },
    { name: string | null; phone: string | null; address: string | null }
  >;
  "/api/shops/{shop}/tools/shop.list_buyers": ReadTool<Paged, Page<S["Buyer"]>>;
  "/api/shops/{shop}/tools/shop.get_import": ReadTool<{ import_id: string }, S["Import"]>;
  "/api/shops/{shop}/tools/shop.list_imports": ReadTool<Paged, Page<S["Import"]>>;
  "/api/shops/{shop}/tools/shop.start_import": ChangeTool<
    { import_id: string; mappings: Record<string, Record<string, string | null>> },
    unknown
  >;
  "/api/shops/{shop}/tools/shop.undo_import": ChangeTool<{ import_id: string }, unknown>;
  "/api/shops/{shop}/tools/shop.discard_import": ChangeTool<{ import_id: string }, unknown>;
  "/api/shops/{shop}/tools/knowledge.list_faqs": ReadTool<Paged, Page<S["Faq"]>>;
  "/api/shops/{shop}/tools/knowledge.list_policies": ReadTool<Paged, Page<S["Policy"]>>;
  "/api/shops/{shop}/tools/knowledge.list_proposals": ReadTool<
    Paged & { status?: string },
    Page<S["Proposal"]>
  >;
  "/api/shops/{shop}/tools/knowledge.decide_proposals": ChangeTool<
    { ids: string[]; accept: boolean },
    unknown
  >;
  "/api/shops/{shop}/tools/knowledge.adopt_starter_policies": ChangeTool<
    Record<string, never>,
    unknown
  >;
  "/api/shops/{shop}/tools/service.ask": ReadTool<Record<string, never>, S["Answer"]>;
  "/api/shops/{shop}/tools/base.list_members": ReadTool<Paged, { items: S["Member"][] }>;
  "/api/shops/{shop}/tools/base.invite_member": ChangeTool<
    { email: string; role: S["Role"] },
    { link: string }
  >;
  "/api/shops/{shop}/tools/base.change_role": ChangeTool<
    { user_id: string; role: S["Role"] },
    unknown
  >;
  "/api/shops/{shop}/tools/base.remove_member": ChangeTool<{ user_id: string }, unknown>;
  "/api/shops/{shop}/tools/base.list_keys": ReadTool<Paged, { items: S["Key"][] }>;
  "/api/shops/{shop}/tools/base.create_key": ChangeTool<
    { name: string; role: S["Role"] },
    { key: string }
  >;
  "/api/shops/{shop}/tools/base.revoke_key": ChangeTool<{ key_id: string }, unknown>;
  "/api/shops/{shop}/tools/base.list_approvals": ReadTool<Paged, { items: S["Approval"][] }>;
  "/api/shops/{shop}/tools/base.decide_approval": ChangeTool<
    { approval_id: string; approve: boolean },
    unknown
  >;
}
