// Generated from domain/ by `npm run generate:api`. Do not edit.

export interface paths {
    "/alerts": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    datacenter?: string;
                    eventType?: string;
                    limit?: number;
                    rule?: string;
                    severity?: "page" | "ticket" | "info";
                    state?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["ListedAlert"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/audit": {
        get: {
            parameters: {
                query?: {
                    act?: "event_type.created" | "event_type.claimed" | "event_type.changed" | "event_type.deleted" | "datacenter.created" | "datacenter.claimed" | "datacenter.changed" | "datacenter.deleted" | "tier.created" | "tier.changed" | "reporter.deleted" | "rule.created" | "rule.changed" | "rule.deleted" | "routing_tree.created" | "routing_tree.changed" | "channel.created" | "channel.changed" | "channel.deleted" | "channel.tested" | "channel.digest_requested" | "on_call_schedule.created" | "on_call_schedule.changed" | "on_call_schedule.deleted" | "on_call_schedule.calendar_imported" | "on_call_override.created" | "on_call_override.removed" | "silence.created" | "silence.changed" | "silence.extended" | "silence.ended" | "incident.acknowledged" | "incident.assigned" | "incident.snoozed" | "incident.unsnoozed" | "incident.resolved" | "incident.noted" | "delivery.replayed" | "source.created" | "source.changed" | "source.deleted" | "consumer.created" | "consumer.changed" | "consumer.deleted" | "discovered_consumer.dismissed" | "discovered_consumer.restored" | "subscription.created" | "subscription.deleted" | "subscription.secret_rotated" | "subscription.message_replayed" | "correction.created" | "correction.undone" | "rejected_message.resubmitted" | "deployment.recorded" | "deployment_hook.created" | "deployment_hook.changed" | "deployment_hook.deleted" | "deployment_hook.secret_rotated" | "volume_exclusion.created" | "volume_exclusion.removed" | "excuse.created" | "excuse.approved" | "excuse.revoked" | "slo_snapshot.created" | "token.created" | "token.rotated" | "token.revoked" | "token.used_from_new_address" | "person.created" | "person.changed" | "person.linked" | "session.started" | "session.ended" | "sign_in.refused" | "encryption_key.rotation_started" | "encryption_key.rotated" | "backup.created" | "backup.restored" | "notifications.resumed";
                    actor?: string;
                    address?: string;
                    cursor?: string;
                    format?: "json" | "csv";
                    from?: string;
                    kind?: string;
                    limit?: number;
                    name?: string;
                    to?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["AuditEntry"][];
                            nextCursor: string | null;
                        };
                        "text/csv": string;
                    };
                };
            };
        };
    };
    "/backtests": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BacktestRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Backtest"];
                    };
                };
            };
        };
    };
    "/board": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Board"];
                    };
                };
            };
        };
    };
    "/board/compact": {
        get: {
            parameters: {
                query?: {
                    limit?: number | null;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["CompactBoard"];
                    };
                };
            };
        };
    };
    "/catalogue": {
        post: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CatalogueDocument"] | components["schemas"]["CatalogueDocument"][];
                    "application/yaml": string;
                    "text/yaml": string;
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
    };
    "/changes": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "text/event-stream": string;
                    };
                };
            };
        };
    };
    "/channels": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Channel"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/channels/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Channel"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChannelSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/channels/{name}/digest": {
        post: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeliveryDetail"];
                    };
                };
            };
        };
    };
    "/channels/{name}/events": {
        post: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PagerdutyEvent"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["TakenEvent"];
                    };
                };
            };
        };
    };
    "/channels/{name}/test": {
        post: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeliveryDetail"];
                    };
                };
            };
        };
    };
    "/consumers": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Consumer"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/corrections": {
        get: {
            parameters: {
                query?: {
                    action?: "discard-counts" | "reset-watermark" | "accept-hour";
                    active?: "true" | "false";
                    cursor?: string;
                    datacenter?: string;
                    eventType?: string;
                    hour?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Correction"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
            };
            requestBody: {
                content: {
                    "application/json": {
                        action: "discard-counts" | "reset-watermark" | "accept-hour";
                        after?: string | undefined;
                        datacenter?: string | undefined;
                        eventType?: string | undefined;
                        from?: string | undefined;
                        reason: string;
                        reporter?: string | undefined;
                        stage?: ("produced" | "published" | "delivered") | undefined;
                        to?: string | undefined;
                    };
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["CorrectionPreview"];
                    };
                };
                201: {
                    content: {
                        "application/json": components["schemas"]["Correction"];
                    };
                };
            };
        };
    };
    "/corrections/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Correction"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                query?: {
                    reason?: string;
                };
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Correction"];
                    };
                };
            };
        };
    };
    "/datacenters": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Datacenter"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/datacenters/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Datacenter"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DatacenterSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/datacenters/{name}/lag": {
        get: {
            parameters: {
                query?: {
                    from?: string;
                    hours?: "6" | "24" | "48";
                    to?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["LagHistory"];
                    };
                };
            };
        };
    };
    "/datacenters/{name}/lanes": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Lanes"];
                    };
                };
            };
        };
    };
    "/deliveries": {
        get: {
            parameters: {
                query?: {
                    channel?: string;
                    cursor?: string;
                    incident?: string;
                    kind?: "notify" | "repeat" | "escalate" | "acknowledge" | "test" | "digest" | "complete" | "amended" | "incomplete" | "run" | "day" | "day-amended";
                    limit?: number;
                    producer?: "channel" | "subscription";
                    state?: "queued" | "sent" | "failed" | "withdrawn";
                    subscription?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Delivery"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/deliveries/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeliveryDetail"];
                    };
                };
            };
        };
    };
    "/deliveries/{id}/replay": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                202: {
                    content?: never;
                };
            };
        };
    };
    "/deployment-effects": {
        get: {
            parameters: {
                query?: {
                    component?: string;
                    cursor?: string;
                    datacenter?: string;
                    from?: string;
                    limit?: number;
                    to?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeploymentEffectList"];
                    };
                };
            };
        };
    };
    "/deployment-hooks": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["DeploymentHook"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/deployment-hooks/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeploymentHook"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeploymentHookSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/deployment-hooks/{name}/deliveries": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["LoggedHookDelivery"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/deployment-hooks/{name}/rotate-secret": {
        post: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SecretRotation"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeploymentHookSecret"];
                    };
                };
            };
        };
    };
    "/deployments": {
        get: {
            parameters: {
                query?: {
                    component?: string;
                    cursor?: string;
                    datacenter?: string;
                    from?: string;
                    limit?: number;
                    to?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Deployment"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeploymentRequest"];
                };
            };
            responses: {
                202: {
                    content: {
                        "application/json": components["schemas"]["Recorded"];
                    };
                };
            };
        };
    };
    "/deployments/{id}/effect": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DeploymentEffect"];
                    };
                };
            };
        };
    };
    "/deployments/running": {
        get: {
            parameters: {
                query?: {
                    component?: string;
                    cursor?: string;
                    datacenter?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["RunningVersionList"];
                    };
                };
            };
        };
    };
    "/discovered-consumers": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    dismissed?: "true" | "false";
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["DiscoveredConsumer"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/event-types": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    owner?: string;
                    status?: "discovered" | "claimed" | "retired";
                    tier?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["EventType"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/event-types/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["EventType"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EventTypeSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/event-types/{name}/badge.svg": {
        get: {
            parameters: {
                query?: {
                    through?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "image/svg+xml": string;
                    };
                };
            };
        };
    };
    "/event-types/{name}/consumers": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Consumer"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/event-types/{name}/consumers/{consumer}": {
        get: {
            parameters: {
                path: {
                    consumer: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Consumer"];
                    };
                };
            };
        };
        put: {
            parameters: {
                path: {
                    consumer: string;
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConsumerSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Consumer"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    consumer: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/event-types/{name}/discovered-consumers/{consumer}/dismiss": {
        post: {
            parameters: {
                path: {
                    consumer: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DiscoveredConsumer"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/discovered-consumers/{consumer}/restore": {
        post: {
            parameters: {
                path: {
                    consumer: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["DiscoveredConsumer"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/feed.atom": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/atom+xml": string;
                    };
                };
            };
        };
    };
    "/event-types/{name}/feed.json": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/feed+json": string;
                    };
                };
            };
        };
    };
    "/event-types/{name}/history": {
        get: {
            parameters: {
                query?: {
                    days?: number;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["TypeHistory"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    from?: string;
                    limit?: number;
                    to?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["VerdictSummary"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}": {
        get: {
            parameters: {
                query?: {
                    asOf?: string;
                };
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Verdict"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}/consumers": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["HourConsumer"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}/explanation": {
        get: {
            parameters: {
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Explanation"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}/progress": {
        get: {
            parameters: {
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["HourProgress"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}/ready": {
        get: {
            parameters: {
                query?: {
                    consumer?: string;
                    minCompleteness?: string;
                    wait?: string;
                };
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Verdict"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}/revisions": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["VerdictRevision"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/event-types/{name}/hours/{hour}/skew": {
        get: {
            parameters: {
                path: {
                    hour: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Skew"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/lag": {
        get: {
            parameters: {
                query?: {
                    from?: string;
                    hours?: "6" | "24" | "48";
                    to?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["TypeLag"];
                    };
                };
            };
        };
    };
    "/event-types/{name}/volume": {
        get: {
            parameters: {
                query?: {
                    byDatacenter?: "true" | "false";
                    from?: string;
                    to?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Volume"];
                    };
                };
            };
        };
    };
    "/events": {
        post: {
            parameters: {
                query?: {
                    partial?: "true" | "false";
                };
            };
            requestBody: {
                content: {
                    "application/cloudevents-batch+json": components["schemas"]["CloudEvent"][];
                    "application/cloudevents+json": components["schemas"]["CloudEvent"];
                    "application/json": components["schemas"]["CloudEventData"];
                };
            };
            responses: {
                202: {
                    content: {
                        "application/json": components["schemas"]["AcceptedEvents"];
                    };
                };
                207: {
                    content: {
                        "application/json": components["schemas"]["AcceptedInPart"];
                    };
                };
            };
        };
    };
    "/explanation": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["FleetExplanation"];
                    };
                };
            };
        };
    };
    "/hooks/{name}": {
        post: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                202: {
                    content: {
                        "application/json": components["schemas"]["HookDelivery"];
                    };
                };
            };
        };
    };
    "/incidents": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    datacenter?: string;
                    eventType?: string;
                    from?: string;
                    limit?: number;
                    q?: string;
                    severity?: "page" | "ticket" | "info";
                    state?: string;
                    to?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["IncidentSummary"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/incidents/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/acknowledge": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ActRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/assign": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AssignRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/note": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NoteRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/postmortem.md": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "text/markdown": string;
                    };
                };
            };
        };
    };
    "/incidents/{id}/resolve": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ActRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/revisions": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["IncidentRevision"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/incidents/{id}/series": {
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["IncidentSeries"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/snooze": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SnoozeRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/incidents/{id}/unsnooze": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ActRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
            };
        };
    };
    "/integrations/slack/interactions": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": {
                        payload: string;
                    };
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["TakenEvent"];
                    };
                };
            };
        };
    };
    "/lateness": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Lateness"];
                    };
                };
            };
        };
    };
    "/lineage": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LineageEvent"];
                };
            };
            responses: {
                202: {
                    content: {
                        "application/json": components["schemas"]["AcceptedLineage"];
                    };
                };
            };
        };
    };
    "/matrix": {
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Matrix"];
                    };
                };
            };
        };
    };
    "/on-call-schedules": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["OnCallSchedule"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/on-call-schedules/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["OnCallSchedule"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OnCallScheduleSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/on-call-schedules/{name}/calendar": {
        put: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "text/calendar": string;
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["CalendarImport"];
                    };
                };
            };
        };
    };
    "/on-call-schedules/{name}/calendar.ics": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "text/calendar": string;
                    };
                };
            };
        };
    };
    "/on-call-schedules/{name}/overrides": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["OnCallOverride"][];
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OnCallOverrideRequest"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["OnCallOverride"];
                    };
                };
            };
        };
    };
    "/on-call-schedules/{name}/overrides/{id}": {
        delete: {
            parameters: {
                path: {
                    id: string;
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/on-call-schedules/{name}/shifts": {
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["OnCallShifts"];
                    };
                };
            };
        };
    };
    "/people": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Person"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["InvitedPerson"];
                    };
                };
            };
        };
    };
    "/people/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
            };
        };
        patch: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonChange"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
            };
        };
    };
    "/people/{id}/link": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["InvitedPerson"];
                    };
                };
            };
        };
    };
    "/readiness": {
        get: {
            parameters: {
                query: {
                    day?: string;
                    eventTypes: string;
                    from?: string;
                    minCompleteness?: string;
                    to?: string;
                    zone?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["RangeReadiness"];
                    };
                };
            };
        };
    };
    "/ready": {
        get: {
            parameters: {
                query: {
                    consumer?: string;
                    day?: string;
                    eventTypes: string;
                    from?: string;
                    minCompleteness?: string;
                    to?: string;
                    wait?: string;
                    zone?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ReadyRange"];
                    };
                };
            };
        };
    };
    "/rejected-messages": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["RejectedMessageSummary"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/rejected-messages/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["RejectedMessage"];
                    };
                };
            };
        };
    };
    "/rejected-messages/{id}/resubmit": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: {
                content: {
                    "application/octet-stream": string;
                };
            };
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/reporters/{name}": {
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/routes/test": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RoutesTestRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["RoutesTest"];
                    };
                };
            };
        };
    };
    "/routing-tree": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["RoutingTree"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RoutingTreeSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
    };
    "/rules": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Rule"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/rules/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Rule"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AlertRuleSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/rules/{name}/backtest": {
        post: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Backtest"];
                    };
                };
            };
        };
    };
    "/rules/{name}/standing": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["RuleStanding"];
                    };
                };
            };
        };
    };
    "/session": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Visitor"];
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
            };
        };
        delete: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SignedOut"];
                    };
                };
                204: {
                    content?: never;
                };
            };
        };
    };
    "/session/link": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LinkSignIn"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Visitor"];
                    };
                };
            };
        };
    };
    "/session/link/check": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInLink"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SignInLinkHolder"];
                    };
                };
            };
        };
    };
    "/sessions": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    person?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["SignedInBrowser"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        delete: {
            parameters: {
                query?: {
                    person?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["EndedSessions"];
                    };
                };
            };
        };
    };
    "/sessions/{id}": {
        delete: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/settings": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Settings"];
                    };
                };
            };
        };
    };
    "/silences": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    expired?: "true" | "false";
                    incident?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Silence"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SilenceRequest"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
            };
        };
    };
    "/silences/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
            };
        };
        put: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SilenceUpdate"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/silences/{id}/extend": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SilenceExtension"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Silence"];
                    };
                };
            };
        };
    };
    "/silences/preview": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SilenceDraft"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SilencePreview"];
                    };
                };
            };
        };
    };
    "/slo/attainment": {
        get: {
            parameters: {
                query?: {
                    bom?: "true" | "false";
                    cursor?: string;
                    eventType?: string;
                    format?: "json" | "csv";
                    limit?: number;
                    month?: string;
                    owner?: string;
                    tier?: string;
                    window?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloAttainment"];
                        "text/csv": string;
                    };
                };
            };
        };
    };
    "/slo/calendar": {
        get: {
            parameters: {
                query?: {
                    eventType?: string;
                    month?: string;
                    owner?: string;
                    tier?: string;
                    window?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloCalendar"];
                    };
                };
            };
        };
    };
    "/slo/digest": {
        get: {
            parameters: {
                query?: {
                    format?: "json" | "text" | "html";
                    month?: string;
                    owner?: string;
                    tier?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloDigest"];
                        "text/html": string;
                        "text/plain": string;
                    };
                };
            };
        };
    };
    "/slo/excuse-suggestions": {
        get: {
            parameters: {
                query?: {
                    month?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["SloExcuseSuggestion"][];
                        };
                    };
                };
            };
        };
    };
    "/slo/excuses": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    month?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["SloExcuse"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SloExcuseRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloExcusePreview"];
                    };
                };
                201: {
                    content: {
                        "application/json": components["schemas"]["SloExcuse"];
                    };
                };
            };
        };
    };
    "/slo/excuses/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloExcuse"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                query?: {
                    reason?: string;
                };
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/slo/excuses/{id}/approval": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloExcuse"];
                    };
                };
            };
        };
    };
    "/slo/months": {
        get: {
            parameters: {
                query?: {
                    eventType?: string;
                    month?: string;
                    owner?: string;
                    tier?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloMonths"];
                    };
                };
            };
        };
    };
    "/slo/openslo": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/yaml": string;
                    };
                };
            };
        };
        post: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
            };
            requestBody: {
                content: {
                    "application/yaml": string;
                    "text/yaml": string;
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
    };
    "/slo/restatements": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    eventType?: string;
                    limit?: number;
                    month?: string;
                    owner?: string;
                    tier?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["SloRestatement"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/slo/snapshots": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SloSnapshotRequest"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["SloSnapshot"];
                    };
                };
            };
        };
    };
    "/slo/snapshots/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SloSnapshot"];
                    };
                };
            };
        };
    };
    "/sources": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Source"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/sources/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Source"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SourceSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/sources/{name}/resources": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    mapped?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["SourceResource"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/sources/preview": {
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SourcePreviewRequest"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["SourcePreview"];
                    };
                };
            };
        };
    };
    "/status": {
        get: {
            parameters: {
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Status"];
                    };
                };
            };
        };
    };
    "/status/history": {
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["StatusHistory"];
                    };
                };
            };
        };
    };
    "/subscriptions": {
        get: {
            parameters: {
                query?: {
                    consumer?: string;
                    cursor?: string;
                    eventType?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Subscription"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SubscriptionRequest"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["NewSubscription"];
                    };
                };
            };
        };
    };
    "/subscriptions/{id}": {
        get: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        delete: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/subscriptions/{id}/messages": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    state?: "waiting" | "delivered" | "failed";
                };
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["SubscriptionMessage"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/subscriptions/{id}/messages/{messageId}/replay": {
        post: {
            parameters: {
                path: {
                    id: string;
                    messageId: string;
                };
            };
            requestBody?: never;
            responses: {
                202: {
                    content?: never;
                };
            };
        };
    };
    "/subscriptions/{id}/rotate-secret": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["NewSubscription"];
                    };
                };
            };
        };
    };
    "/tiers": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Tier"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
    };
    "/tiers/{name}": {
        get: {
            parameters: {
                path: {
                    name: string;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["Tier"];
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: {
                    dryRun?: "true" | "false";
                };
                path: {
                    name: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TierSpec"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["ApplyResult"];
                    };
                };
            };
        };
    };
    "/tokens": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["Token"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TokenRequest"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["NewToken"];
                    };
                };
            };
        };
    };
    "/tokens/{id}": {
        delete: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody?: never;
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
    "/tokens/{id}/rotate": {
        post: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SecretRotation"];
                };
            };
            responses: {
                200: {
                    content: {
                        "application/json": components["schemas"]["NewToken"];
                    };
                };
            };
        };
    };
    "/volume-exclusions": {
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    eventType?: string;
                    limit?: number;
                };
            };
            requestBody?: never;
            responses: {
                200: {
                    content: {
                        "application/json": {
                            items: components["schemas"]["VolumeExclusion"][];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        post: {
            parameters: {
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VolumeExclusionRequest"];
                };
            };
            responses: {
                201: {
                    content: {
                        "application/json": components["schemas"]["VolumeExclusion"];
                    };
                };
            };
        };
    };
    "/volume-exclusions/{id}": {
        delete: {
            parameters: {
                path: {
                    id: string;
                };
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VolumeExclusionRemoval"];
                };
            };
            responses: {
                204: {
                    content?: never;
                };
            };
        };
    };
}
export interface components {
    schemas: {
        Accepted: {
            at: string;
            by: string;
            correction: string;
            reason: string;
        };
        AcceptedEvents: {
            accepted: number;
        };
        AcceptedInPart: {
            accepted: number;
            refused: {
                faults: {
                    detail: string;
                    pointer: string;
                }[];
                index: number;
                status: 400 | 403 | 429;
            }[];
        };
        AcceptedLineage: {
            eventTypes: number;
        };
        ActRequest: {
            note?: string | undefined;
        };
        Alert: {
            changedAt: string;
            datacenter: string | null;
            description: string | null;
            eventType: string | null;
            fingerprint: string;
            firingSince: string | null;
            incidentId: string | null;
            labels: {
                [key: string]: string;
            };
            pendingSince: string | null;
            resolvedAt: string | null;
            rule: string;
            runbook: string | null;
            severity: "page" | "ticket" | "info";
            state: "normal" | "pending" | "firing" | "recovering" | "no-data" | "error";
            summary: string;
            value: number | null;
        };
        AlertRuleSpec: {
            description?: string | undefined;
            enabled?: boolean | undefined;
            for?: string | undefined;
            horizon?: string | undefined;
            keepFiringFor?: string | undefined;
            labels?: {
                [key: string]: string;
            } | undefined;
            metric: "closing_delay" | "breach_probability" | "completeness" | "lost" | "duplicate_ratio" | "skew_ratio" | "reporters_missing" | "watermark_lag" | "watermark_stalled" | "datacenter_silence" | "volume_ratio" | "backlog_age" | "backlog_retention" | "dead_letters" | "expired_deadlines" | "late_messages" | "burn_rate" | "deployment_regression" | "telemetry_blind";
            owner?: string | undefined;
            runbook?: string | undefined;
            scope?: {
                consumer?: (string | string[]) | undefined;
                datacenter?: (string | string[]) | undefined;
                eventType?: (string | string[]) | undefined;
                labels?: {
                    [key: string]: string | string[];
                } | undefined;
                owner?: (string | string[]) | undefined;
                tier?: (string | string[]) | undefined;
            } | undefined;
            severity: "page" | "ticket" | "info";
            summary?: string | undefined;
            threshold?: (number | string) | undefined;
            window?: string | undefined;
            windows?: {
                factor: number;
                long: string;
                short: string;
            }[] | undefined;
        };
        AlertWebhook: {
            alerts: {
                annotations: {
                    [key: string]: string;
                };
                endsAt: string;
                fingerprint: string;
                generatorURL: string;
                labels: {
                    [key: string]: string;
                };
                startsAt: string;
                status: "firing" | "resolved";
            }[];
            commonAnnotations: {
                [key: string]: string;
            };
            commonLabels: {
                [key: string]: string;
            };
            externalURL: string;
            groupKey: string;
            groupLabels: {
                [key: string]: string;
            };
            incident: {
                affectedConsumers?: {
                    count: number;
                    first: {
                        contact: string;
                        name: string;
                        waits: number;
                    }[];
                } | undefined;
                affectedHours?: ({
                    accepted: number;
                    affected: number;
                    eventTypeCount?: number | undefined;
                    final: number;
                    first: string;
                    last: string;
                    lossy: number;
                } | null) | undefined;
                id: string;
                likelyCause?: ({
                    code: string;
                    confidence: number;
                    sentence: string;
                } | null) | undefined;
                message: string;
                onset?: {
                    at: string;
                    earliestAt?: string | undefined;
                    source: "silence" | "watermark" | "backlog" | "counts" | "volume" | "instance" | "alert";
                } | undefined;
                severity: string;
                situation?: {
                    cause: components["schemas"]["LikelyCause"];
                    deployed: {
                        component: string;
                        datacenter: string | null;
                        deployedAt: string;
                        deployedBy: string | null;
                        id: string;
                        version: string;
                    }[];
                    extent: components["schemas"]["Extent"];
                    impact: components["schemas"]["Impact"];
                    muted: {
                        reason: "snoozed" | "silenced" | "inhibited" | "mute-time" | "no-channel";
                        until: string | null;
                    } | null;
                    onset: {
                        at: string;
                        earliestAt?: string | undefined;
                        source: "silence" | "watermark" | "backlog" | "counts" | "volume" | "instance" | "alert";
                    };
                    phase: "starting" | "ongoing" | "recovering" | "over";
                    phaseSince: string;
                    recovery: {
                        asOf: string;
                        p50At: string;
                        p90At: string;
                        trend: "sooner" | "steady" | "later";
                    } | null;
                    sentence: string;
                    title: string;
                } | undefined;
                state: string;
                text: string;
                title: string;
                url: string;
            } | null;
            receiver: string;
            status: "firing" | "resolved";
            truncatedAlerts: number;
            version: "4";
        };
        ApplyResult: {
            applied: boolean;
            changes: {
                action: "create" | "claim" | "update" | "unchanged";
                effect?: ({
                    becomeLate: number | null;
                    becomeOnTime: number | null;
                    beginToWait: number;
                    estimated: boolean;
                    hoursCreated: number;
                    hoursDeleted: number;
                    hoursRejudged: number;
                    stopWaiting: number;
                } | null) | undefined;
                fields: {
                    field: string;
                    from: components["schemas"]["JsonValue"];
                    to: components["schemas"]["JsonValue"];
                }[];
                kind: "Datacenter" | "EventType" | "Tier" | "AlertRule" | "Channel" | "OnCallSchedule" | "RoutingTree" | "Silence" | "DeploymentHook" | "Source";
                name: string;
            }[];
        };
        AssignRequest: {
            assignee: string | null;
            note?: string | undefined;
        };
        AuditEntry: {
            act: "event_type.created" | "event_type.claimed" | "event_type.changed" | "event_type.deleted" | "datacenter.created" | "datacenter.claimed" | "datacenter.changed" | "datacenter.deleted" | "tier.created" | "tier.changed" | "reporter.deleted" | "rule.created" | "rule.changed" | "rule.deleted" | "routing_tree.created" | "routing_tree.changed" | "channel.created" | "channel.changed" | "channel.deleted" | "channel.tested" | "channel.digest_requested" | "on_call_schedule.created" | "on_call_schedule.changed" | "on_call_schedule.deleted" | "on_call_schedule.calendar_imported" | "on_call_override.created" | "on_call_override.removed" | "silence.created" | "silence.changed" | "silence.extended" | "silence.ended" | "incident.acknowledged" | "incident.assigned" | "incident.snoozed" | "incident.unsnoozed" | "incident.resolved" | "incident.noted" | "delivery.replayed" | "source.created" | "source.changed" | "source.deleted" | "consumer.created" | "consumer.changed" | "consumer.deleted" | "discovered_consumer.dismissed" | "discovered_consumer.restored" | "subscription.created" | "subscription.deleted" | "subscription.secret_rotated" | "subscription.message_replayed" | "correction.created" | "correction.undone" | "rejected_message.resubmitted" | "deployment.recorded" | "deployment_hook.created" | "deployment_hook.changed" | "deployment_hook.deleted" | "deployment_hook.secret_rotated" | "volume_exclusion.created" | "volume_exclusion.removed" | "excuse.created" | "excuse.approved" | "excuse.revoked" | "slo_snapshot.created" | "token.created" | "token.rotated" | "token.revoked" | "token.used_from_new_address" | "person.created" | "person.changed" | "person.linked" | "session.started" | "session.ended" | "sign_in.refused" | "encryption_key.rotation_started" | "encryption_key.rotated" | "backup.created" | "backup.restored" | "notifications.resumed";
            actor: string;
            actorId: string | null;
            actorKind: "person" | "token" | "admin" | "visitor" | "service" | "stranger" | "process";
            address: string | null;
            after: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            at: string;
            before: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            door: "browser" | "token" | "command_line" | "pagerduty" | "slack" | "hook" | "provider" | "link" | "stranger" | "process";
            id: string;
            kind: string;
            name: string;
            reason: string | null;
            requestId: string | null;
            team: string | null;
        };
        BacklogData: {
            dc?: (string | null) | undefined;
            eventType: string;
            messages?: (number | null) | undefined;
            oldestAgeSeconds: number;
            stage: "produced" | "published" | "delivered";
        };
        BacklogEvent: {
            data: components["schemas"]["BacklogData"];
            datacontenttype?: string | undefined;
            id: string;
            source: string;
            specversion: "1.0";
            time: string;
            traceparent?: string | undefined;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tidemark.backlog.v1";
        };
        Backtest: {
            alerts: number;
            breaches: {
                caught: number;
                caughtBeforeDeadline: number;
                missed: number;
                total: number;
            } | null;
            curve: {
                alerts: number;
                caught: number | null;
                caughtBeforeDeadline: number | null;
                falsePages: number;
                isCurrent: boolean;
                medianLeadSeconds: number | null;
                missed: number | null;
                pagesPerWeek: number;
                threshold: string;
                value: number;
            }[];
            dataFrom: string | null;
            eventTypes: number;
            falseAlerts: number;
            falsePages: number;
            firings: {
                cause: string;
                datacenter: string | null;
                eventType: string | null;
                firedAt: string;
                outcome: "caught" | "false" | "undecided";
                resolvedAt: string | null;
            }[];
            from: string;
            hours: number;
            lead: {
                histogram: {
                    fromSeconds: number | null;
                    hours: number;
                    toSeconds: number | null;
                }[];
                p10Seconds: number;
                p50Seconds: number;
                p90Seconds: number;
            } | null;
            metric: "closing_delay" | "breach_probability" | "completeness" | "lost" | "duplicate_ratio" | "skew_ratio" | "reporters_missing" | "watermark_lag" | "watermark_stalled" | "datacenter_silence" | "volume_ratio" | "backlog_age" | "backlog_retention" | "dead_letters" | "expired_deadlines" | "late_messages" | "burn_rate" | "deployment_regression" | "telemetry_blind";
            missedHours: {
                eventType: string;
                hour: string;
            }[];
            notes: string[];
            notReplayable: string | null;
            pages: number;
            pagesPerWeek: number;
            replayedEventTypes: number;
            rule: string | null;
            severity: "page" | "ticket" | "info";
            threshold: string | null;
            to: string;
            undecidedAlerts: number;
            undecidedPages: number;
            weeks: number;
        };
        BacktestRequest: {
            from?: string | undefined;
            spec: components["schemas"]["AlertRuleSpec"];
            to?: string | undefined;
        };
        BigQuerySource: {
            dataset: string;
            location?: string | undefined;
            lookback?: string | undefined;
            only?: string[] | undefined;
            project: string;
            tables: {
                datacenter: string;
                eventType?: string | undefined;
                eventTypes?: string[] | undefined;
                match: string;
            }[];
        };
        Board: {
            alertedTypes: number;
            asOf: string;
            counts: {
                closing?: number;
                complete?: number;
                incomplete?: number;
                late?: number;
                open?: number;
                overcounted?: number;
                unverified?: number;
                verifying?: number;
            };
            datacenters: components["schemas"]["BoardDatacenter"][];
            incidents: components["schemas"]["BoardIncident"][];
            items: components["schemas"]["BoardRow"][];
            lateSince: string | null;
            nextBreach: {
                breachProbability: number | null;
                deadlineAt: string;
                eventType: string;
                hour: string;
            } | null;
            nextCursor: string | null;
            telemetryAgeSeconds: number | null;
        };
        BoardAlert: {
            acknowledged: boolean;
            incidentId: string;
            /** @enum {string|null} */
            muted: "silenced" | "inhibited" | null;
            severity: "page" | "ticket" | "info";
            since: string;
        };
        BoardDatacenter: {
            backlog: {
                messages: number | null;
                oldestAgeSeconds: number;
            } | null;
            lags: (number | null)[];
            lagSeconds: number | null;
            lastSeenAt: string | null;
            lateSince: string | null;
            lateTypes: number;
            name: string;
            silent: boolean;
            versions: {
                component: string;
                instances: number;
                version: string | null;
            }[];
            volume: {
                delivered: number;
                hour: string;
                usual: number;
                weeks: number;
            } | null;
        };
        BoardIncident: {
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
            cause: {
                code: "telemetry_blind" | "datacenter_silent" | "publishing_stalled" | "watermark_stalled" | "backlog" | "deployment" | "shared_datacenter" | "datacenter_behind" | "stage_loss" | "duplicate_delivery" | "skewed_delivery" | "reporters_missing" | "counts_missing" | "unusual_volume";
                sentence: string;
            };
            consumerCount: number;
            consumers: string[];
            datacenters: string[];
            deployed: {
                component: string;
                datacenter: string | null;
                deployedAt: string;
                deployedBy: string | null;
                id: string;
                version: string;
            }[];
            eventTypeCount: number;
            firingAlerts: number;
            id: string;
            muted: {
                reason: "snoozed" | "silenced" | "inhibited" | "mute-time" | "no-channel";
                until: string | null;
            } | null;
            onset: {
                at: string;
                earliestAt?: string | undefined;
                source: "silence" | "watermark" | "backlog" | "counts" | "volume" | "instance" | "alert";
            };
            phase: "starting" | "ongoing" | "recovering" | "over";
            phaseSince: string;
            recovery: {
                asOf: string;
                p50At: string;
                p90At: string;
                trend: "sooner" | "steady" | "later";
            } | null;
            sentence: string;
            severity: "page" | "ticket" | "info";
            /** @enum {string|null} */
            stage: "produced" | "published" | "delivered" | null;
            title: string;
        };
        BoardRow: {
            alerts: components["schemas"]["BoardAlert"][];
            completeThrough: string | null;
            deadlineSeconds: number;
            delaySeconds: number | null;
            eventType: string;
            forecast: components["schemas"]["Forecast"] | null;
            lagSeconds: number | null;
            oldestOpenHour: string | null;
            openHours: number;
            owner: string;
            risk: number;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            strip: ({
                accepted: boolean;
                amended: boolean;
                closingDelaySeconds: number | null;
                deadlineMet: boolean | null;
                hour: string;
                state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            } | null)[];
            tier: string;
            worstDatacenter: string | null;
        };
        CalendarImport: {
            created: number;
            removed: number;
            unchanged: number;
        };
        CatalogueDocument: {
            apiVersion: "tidemark/v1";
            kind: "Datacenter";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["DatacenterSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "EventType";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["EventTypeSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "Tier";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["TierSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "AlertRule";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["AlertRuleSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "Channel";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["ChannelSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "OnCallSchedule";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["OnCallScheduleSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "RoutingTree";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["RoutingTreeSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "Silence";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["SilenceSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "DeploymentHook";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["DeploymentHookSpec"];
        } | {
            apiVersion: "tidemark/v1";
            kind: "Source";
            metadata: {
                name: string;
            };
            spec: components["schemas"]["SourceSpec"];
        };
        Cause: {
            code: "telemetry_blind" | "datacenter_silent" | "publishing_stalled" | "watermark_stalled" | "backlog" | "deployment" | "shared_datacenter" | "datacenter_behind" | "stage_loss" | "duplicate_delivery" | "skewed_delivery" | "reporters_missing" | "counts_missing" | "unusual_volume";
            component: string | null;
            datacenter: string | null;
            deploymentId: string | null;
            evidence: components["schemas"]["EvidenceItem"][];
            instance: string | null;
            score: number;
            sentence: string;
            since: string | null;
            /** @enum {string|null} */
            stage: "produced" | "published" | "delivered" | null;
            version: string | null;
        };
        Channel: {
            digest: {
                last: {
                    decidedAt: string;
                    deliveryId: string | null;
                    month: string;
                    nothingBecause: string | null;
                    /** @enum {string|null} */
                    state: "queued" | "sent" | "failed" | "withdrawn" | null;
                } | null;
                next: {
                    dueAt: string;
                    month: string;
                };
                owner: string | null;
                tier: string | null;
            } | null;
            enabled: boolean;
            etag: string;
            name: string;
            onCall: string[];
            receivers: string[];
            secrets: string[];
            spec: components["schemas"]["ChannelSpec"];
            type: "pagerduty" | "opsgenie" | "slack" | "teams" | "webhook" | "email" | "alertmanager";
            updatedAt: string;
            updatedBy: string;
        };
        ChannelSpec: {
            enabled?: boolean | undefined;
            owner?: string | undefined;
            routingKey: {
                env: string;
            };
            type: "pagerduty";
            url?: string | undefined;
            webhookSecret?: {
                env: string;
            } | undefined;
        } | {
            apiKey: {
                env: string;
            };
            enabled?: boolean | undefined;
            owner?: string | undefined;
            /** @default [] */
            responders?: {
                name: string;
                type: "team" | "user" | "escalation" | "schedule";
            }[] | undefined;
            type: "opsgenie";
            url?: string | undefined;
        } | {
            channel?: string | undefined;
            enabled?: boolean | undefined;
            owner?: string | undefined;
            signingSecret?: {
                env: string;
            } | undefined;
            token?: {
                env: string;
            } | undefined;
            type: "slack";
            url?: {
                env: string;
            } | undefined;
        } | {
            enabled?: boolean | undefined;
            owner?: string | undefined;
            type: "teams";
            url: {
                env: string;
            };
        } | {
            allowPrivate?: boolean | undefined;
            enabled?: boolean | undefined;
            owner?: string | undefined;
            /** @default [] */
            secrets?: {
                env: string;
            }[] | undefined;
            type: "webhook";
            url: string | {
                env: string;
            };
        } | {
            enabled?: boolean | undefined;
            from?: string | undefined;
            monthlyDigest?: (boolean | {
                owner?: string | undefined;
                tier?: string | undefined;
            }) | undefined;
            owner?: string | undefined;
            smtp: {
                host: string;
                password?: {
                    env: string;
                } | undefined;
                port?: number | undefined;
                tls?: ("starttls" | "implicit" | "none") | undefined;
                user?: string | undefined;
            };
            to: string[];
            type: "email";
        } | {
            basicAuth?: {
                password: {
                    env: string;
                };
                username: string;
            } | undefined;
            enabled?: boolean | undefined;
            owner?: string | undefined;
            type: "alertmanager";
            url: string;
        };
        Citation: {
            fact: "watermark" | "closing" | "delivered" | "backlog";
            kind: "cloudMonitoring" | "cloudStorage" | "bigQuery" | "iceberg" | "kafka";
            message: string;
            sampledSeconds: number;
            source: string;
            visibleSeconds: number;
        };
        CloudEvent: components["schemas"]["CountersEvent"] | components["schemas"]["WatermarkEvent"] | components["schemas"]["HourClosedEvent"] | components["schemas"]["HeartbeatEvent"] | components["schemas"]["DeploymentEvent"] | components["schemas"]["BacklogEvent"];
        CloudEventData: components["schemas"]["CountersData"] | components["schemas"]["WatermarkData"] | components["schemas"]["HourClosedData"] | components["schemas"]["HeartbeatData"] | components["schemas"]["DeploymentData"] | components["schemas"]["BacklogData"];
        CloudMonitoringSource: {
            /** @default [] */
            jobs?: {
                component?: string | undefined;
                datacenter: string;
                eventType?: string | undefined;
                eventTypes?: string[] | undefined;
                match: string;
                stage?: ("produced" | "published" | "delivered") | undefined;
                watermark?: boolean | undefined;
            }[] | undefined;
            project: string;
            retention?: string | undefined;
            /** @default [] */
            subscriptions?: {
                datacenter: string;
                eventType?: string | undefined;
                eventTypes?: string[] | undefined;
                match: string;
                retention?: string | undefined;
                stage?: ("produced" | "published" | "delivered") | undefined;
            }[] | undefined;
        };
        CloudStorageSource: {
            marker?: string | undefined;
            objects: {
                datacenter: string;
                eventType?: string | undefined;
                eventTypes?: string[] | undefined;
                hour: string;
                match: string;
            }[];
            subscription: string;
        };
        CompactBoard: {
            alertedTypes: number;
            asOf: string;
            counts: {
                closing?: number;
                complete?: number;
                incomplete?: number;
                late?: number;
                open?: number;
                overcounted?: number;
                unverified?: number;
                verifying?: number;
            };
            datacenters: components["schemas"]["BoardDatacenter"][];
            incidents: components["schemas"]["BoardIncident"][];
            items: components["schemas"]["CompactBoardRow"][];
            lateSince: string | null;
            nextBreach: {
                breachProbability: number | null;
                deadlineAt: string;
                eventType: string;
                hour: string;
            } | null;
            nextCursor: string | null;
            telemetryAgeSeconds: number | null;
        };
        CompactBoardRow: {
            alerts: components["schemas"]["BoardAlert"][];
            completeThrough: string | null;
            deadlineSeconds: number;
            delays: string;
            delaySeconds: number | null;
            eventType: string;
            forecast: components["schemas"]["Forecast"] | null;
            lagSeconds: number | null;
            missed: string;
            oldestOpenHour: string | null;
            openHours: number;
            owner: string;
            risk: number;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            states: string;
            tier: string;
            worstDatacenter: string | null;
        };
        Consumer: {
            contact: string;
            description: string | null;
            etag: string;
            eventType: string;
            minCompleteness: number | null;
            name: string;
            owner: string | null;
            registeredAt: string;
            registeredBy: string;
            subscriptions: number;
            updatedAt: string;
        };
        ConsumerFigures: {
            completeness: number | null;
            delivered: number;
            duplicated: number;
            lost: number;
            produced: number;
            ready: boolean;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        ConsumerSpec: {
            contact: string;
            description?: (string | null) | undefined;
            etag?: string | undefined;
            eventType?: string | undefined;
            minCompleteness?: (number | null) | undefined;
            name?: string | undefined;
            owner?: (string | null) | undefined;
            registeredAt?: string | undefined;
            registeredBy?: string | undefined;
            subscriptions?: number | undefined;
            updatedAt?: string | undefined;
        };
        ConsumerWebhook: {
            data: {
                after: components["schemas"]["ConsumerFigures"];
                before: {
                    completeness: number | null;
                    delivered: number;
                    duplicated: number;
                    lost: number;
                    produced: number;
                    ready: boolean;
                    state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
                } | null;
                day?: string | undefined;
                eventType: string;
                eventTypes?: string[] | undefined;
                hour: string;
                hours?: number | undefined;
                previousRevision: number | null;
                ready: boolean;
                readyUrl: string;
                revision: number;
                state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
                throughHour?: string | undefined;
                zone?: string | undefined;
            };
            timestamp: string;
            type: "hour.complete" | "hour.amended" | "hour.incomplete" | "run.complete" | "day.complete" | "day.amended";
        };
        Correction: {
            action: "discard-counts" | "reset-watermark" | "accept-hour";
            affectedHours: number;
            after: string | null;
            createdAt: string;
            createdBy: string;
            datacenter: string | null;
            etag: string;
            eventType: string | null;
            from: string | null;
            id: string;
            observedThrough: string | null;
            reason: string;
            reporter: string | null;
            /** @enum {string|null} */
            stage: "produced" | "published" | "delivered" | null;
            state: "applying" | "active" | "undoing" | "undone";
            to: string | null;
            undoneAt: string | null;
            undoneBy: string | null;
            undoReason: string | null;
        };
        CorrectionPreview: {
            action: "discard-counts" | "reset-watermark" | "accept-hour";
            alsoUnknown: boolean;
            changedStates: number;
            consumers: {
                contact: string;
                eventType: string;
                hoursRead: number;
                name: string;
            }[];
            hourCount: number;
            hours: {
                after: {
                    accepted: boolean;
                    closedAt: string | null;
                    delivered: number;
                    duplicated: number;
                    known: boolean;
                    lost: number;
                    produced: number;
                    state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
                };
                before: {
                    accepted: boolean;
                    closedAt: string | null;
                    delivered: number;
                    duplicated: number;
                    known: boolean;
                    lost: number;
                    produced: number;
                    state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
                };
                eventType: string;
                hour: string;
            }[];
            observedThrough: string | null;
            subscriptions: number;
        };
        CountersData: {
            dc: string;
            epoch?: (number | null) | undefined;
            final?: (boolean | null) | undefined;
            reporter: string;
            reports: {
                bytes?: (number | null) | undefined;
                events: number;
                eventType: string;
                hour: string;
                landedHour?: (string | null) | undefined;
                malformed?: (number | null) | undefined;
            }[];
            stage: "produced" | "published" | "delivered";
        };
        CountersEvent: {
            data: components["schemas"]["CountersData"];
            datacontenttype?: string | undefined;
            id: string;
            source: string;
            specversion: "1.0";
            time: string;
            traceparent?: string | undefined;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tidemark.counters.v1";
        };
        Datacenter: {
            activeFrom: string | null;
            activeTo: string | null;
            components: {
                component: string;
                instance: string;
                lastSeenAt: string;
                startedAt: string | null;
                version: string | null;
            }[];
            discoveredAt: string;
            displayName: string | null;
            etag: string;
            lastSeenAt: string | null;
            name: string;
            spec: components["schemas"]["DatacenterSpec"] | null;
            status: "discovered" | "claimed" | "retired";
        };
        DatacenterEvidence: {
            closed: boolean;
            closedAt: string | null;
            delivered: number;
            duplicated: number;
            known: boolean;
            lost: number;
            measuredBy?: components["schemas"]["Citation"][] | undefined;
            name: string;
            produced: number | null;
            published: number | null;
            reportersExpected?: number | undefined;
            reportersMissing?: number | undefined;
            watermark: string | null;
        };
        DatacenterSpec: {
            activeFrom?: string | undefined;
            activeTo?: string | undefined;
            displayName?: string | undefined;
        };
        Delivery: {
            alerts: number;
            attempts: number;
            channel: string | null;
            createdAt: string;
            dedupKey: string;
            groupKey: string | null;
            id: string;
            incidentId: string | null;
            kind: "notify" | "repeat" | "escalate" | "acknowledge" | "test" | "digest" | "complete" | "amended" | "incomplete" | "run" | "day" | "day-amended";
            lastDetail: string | null;
            nextAttemptAt: string | null;
            receiver: string;
            sentAt: string | null;
            severity: string | null;
            state: "queued" | "sent" | "failed" | "withdrawn";
            /** @enum {string|null} */
            status: "firing" | "resolved" | null;
            subscription: string | null;
            title: string;
            withdrawnBecause: string | null;
        };
        DeliveryAttempt: {
            at: string;
            detail: string;
            durationMs: number;
            outcome: "sent" | "retryable" | "permanent";
            response: string | null;
            status: number | null;
        };
        DeliveryDetail: {
            alerts: number;
            attempts: number;
            channel: string | null;
            createdAt: string;
            dedupKey: string;
            groupKey: string | null;
            id: string;
            incidentId: string | null;
            kind: "notify" | "repeat" | "escalate" | "acknowledge" | "test" | "digest" | "complete" | "amended" | "incomplete" | "run" | "day" | "day-amended";
            lastDetail: string | null;
            nextAttemptAt: string | null;
            notification: components["schemas"]["Notification"] | components["schemas"]["HourNews"];
            receiver: string;
            sentAt: string | null;
            severity: string | null;
            state: "queued" | "sent" | "failed" | "withdrawn";
            /** @enum {string|null} */
            status: "firing" | "resolved" | null;
            subscription: string | null;
            title: string;
            tries: components["schemas"]["DeliveryAttempt"][];
            withdrawnBecause: string | null;
        };
        Deployment: {
            component: string;
            datacenter: string | null;
            deployedAt: string;
            deployedBy: string | null;
            id: string;
            url: string | null;
            version: string;
        };
        DeploymentData: {
            component: string;
            dc?: (string | null) | undefined;
            deployedBy?: (string | null) | undefined;
            url?: (string | null) | undefined;
            version: string;
        };
        DeploymentEffect: {
            alongside: {
                component: string;
                deployedAt: string;
                id: string;
                version: string;
            }[];
            closingDelay: components["schemas"]["Effect"];
            deployment: components["schemas"]["Deployment"];
            lostShare: components["schemas"]["Effect"];
            replacedAt: string | null;
        };
        DeploymentEffectList: {
            asOf: string;
            items: components["schemas"]["DeploymentEffect"][];
            nextCursor: string | null;
        };
        DeploymentEvent: {
            data: components["schemas"]["DeploymentData"];
            datacontenttype?: string | undefined;
            id: string;
            source: string;
            specversion: "1.0";
            time: string;
            traceparent?: string | undefined;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tidemark.deployment.v1";
        };
        DeploymentHook: {
            deliveries: number;
            etag: string;
            lastDelivery: components["schemas"]["LoggedHookDelivery"] | null;
            lastDeliveryAt: string | null;
            lastRefusedAt: string | null;
            name: string;
            notMapped: number;
            notMappedSubjects: {
                deliveries: number;
                firstSeenAt: string;
                lastSeenAt: string;
                subject: string;
            }[];
            previousSecretUntil: string | null;
            recorded: number;
            refused: number;
            secretIsSet: boolean;
            spec: components["schemas"]["DeploymentHookSpec"];
            updatedAt: string;
            updatedBy: string;
        };
        DeploymentHookSecret: {
            name: string;
            secret: string;
        };
        DeploymentHookSpec: {
            enabled?: boolean | undefined;
            mappings: {
                component: string;
                datacenter?: string | undefined;
                match: string;
            }[];
            owner?: string | undefined;
            provider: "github" | "gitlab" | "argocd" | "spinnaker";
            secret?: {
                env: string;
            } | undefined;
        };
        DeploymentRequest: {
            component: string;
            datacenter?: (string | null) | undefined;
            deployedAt?: (string | null) | undefined;
            deployedBy?: (string | null) | undefined;
            id?: (string | null) | undefined;
            url?: (string | null) | undefined;
            version: string;
        };
        DiscoveredConsumer: {
            consumer: string;
            dismissedAt: string | null;
            dismissedBy: string | null;
            eventType: string;
            firstSeenAt: string;
            jobName: string;
            jobNamespace: string;
            lastSeenAt: string;
        };
        Effect: {
            change: number | null;
            effectSize: number | null;
            interval: {
                high: number;
                low: number;
            } | null;
            medianAfter: number | null;
            medianBefore: number | null;
            p: number | null;
            pairs: number;
            verdict: "too_few_hours" | "no_change_seen" | "better" | "worse";
        };
        EndedSessions: {
            ended: number;
        };
        EventType: {
            activeFrom: string | null;
            activeTo: string | null;
            completeThrough: string | null;
            datacenters: string[] | null;
            deadlineSeconds: number | null;
            description: string | null;
            discoveredAt: string;
            etag: string;
            expectReporters: boolean;
            holeCount: number;
            holes: string[];
            impliedZero: boolean;
            labels: {
                [key: string]: string;
            };
            maxDuplicated: number;
            maxLost: number;
            name: string;
            owner: string | null;
            settleSeconds: number;
            spec: components["schemas"]["EventTypeSpec"] | null;
            status: "discovered" | "claimed" | "retired";
            tier: string | null;
        };
        EventTypeSpec: {
            activeFrom?: string | undefined;
            activeTo?: string | undefined;
            datacenters?: string[] | undefined;
            deadline?: string | undefined;
            description?: string | undefined;
            expectReporters?: boolean | undefined;
            impliedZero?: boolean | undefined;
            labels?: {
                [key: string]: string;
            } | undefined;
            maxDuplicated?: (number | string) | undefined;
            maxLost?: (number | string) | undefined;
            objectives?: {
                completeness?: (number | string) | undefined;
                skew?: (number | string) | undefined;
                timeliness?: (number | string) | undefined;
            } | undefined;
            owner: string;
            settle?: string | undefined;
            tier: string;
        };
        Evidence: {
            asOf: string;
            code: string;
            fact: string;
            figure: number | null;
            of: number | null;
            /** @enum {string|null} */
            unit: "seconds" | "events" | "messages" | "share" | "types" | "hours" | null;
        };
        EvidenceItem: {
            at: string | null;
            fact: string;
            figure: number | null;
            /** @enum {string|null} */
            unit: "seconds" | "events" | "messages" | "share" | "types" | "hours" | null;
        };
        Explanation: {
            asOf: string;
            causes: components["schemas"]["Cause"][];
            eventType: string;
            hour: string;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        Extent: {
            datacenters: string[];
            eventTypeCount: number;
            eventTypes: string[];
            hours: {
                accepted: number;
                affected: number;
                eventTypeCount?: number | undefined;
                final: number;
                first: string;
                last: string;
                lossy: number;
            } | null;
            /** @enum {string|null} */
            stage: "produced" | "published" | "delivered" | null;
        };
        FleetExplanation: {
            asOf: string;
            causes: {
                cause: components["schemas"]["Cause"];
                eventTypes: string[];
                hours: number;
                sentence: string;
                share: number;
            }[];
            types: number;
        };
        Forecast: {
            breachProbability: number;
            closesAt: {
                p50: string;
                p90: string;
            };
        };
        HeartbeatData: {
            component: string;
            dc: string;
            instance: string;
            startedAt?: (string | null) | undefined;
            version?: (string | null) | undefined;
        };
        HeartbeatEvent: {
            data: components["schemas"]["HeartbeatData"];
            datacontenttype?: string | undefined;
            id: string;
            source: string;
            specversion: "1.0";
            time: string;
            traceparent?: string | undefined;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tidemark.heartbeat.v1";
        };
        HookDelivery: {
            detail: string;
            notMapped: string[];
            outcome: "recorded" | "not_mapped" | "ignored";
            recorded: {
                component: string;
                datacenter: string | null;
                id: string;
                version: string;
            }[];
        };
        HourClosedData: {
            dc: string;
            marks: {
                eventType: string;
                hour: string;
                location?: (string | null) | undefined;
            }[];
        };
        HourClosedEvent: {
            data: components["schemas"]["HourClosedData"];
            datacontenttype?: string | undefined;
            id: string;
            source: string;
            specversion: "1.0";
            time: string;
            traceparent?: string | undefined;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tidemark.hour-closed.v1";
        };
        HourConsumer: {
            contact: string;
            description: string | null;
            minCompleteness: number | null;
            name: string;
            outdated: boolean;
            reading: {
                firstReadAt: string;
                lastReadAt: string;
                revision: number;
            } | null;
            subscriptions: number;
        };
        HourNews: {
            ready: boolean;
            receiver: string;
            revision: number;
            state: string;
            title: string;
        };
        HourProgress: {
            asOf: string;
            /** @enum {string|null} */
            basis: "hour-of-week" | "hour-of-day" | null;
            basisHours: number;
            eventType: string;
            hour: string;
            lanes: {
                closedAt: string | null;
                datacenter: string;
                delivered: number;
                produced: number | null;
                samples: {
                    at: string;
                    produced: number | null;
                    undelivered: number | null;
                }[];
                steps: {
                    closedAt: string;
                    closedThrough: string;
                }[];
                usualDelay: {
                    high: number;
                    low: number;
                    median: number;
                } | null;
                usualProduced: {
                    high: number;
                    low: number;
                    median: number;
                } | null;
                watermark: string | null;
            }[];
        };
        IcebergSource: {
            lookback?: string | undefined;
            namespaces: string[];
            tables: {
                datacenter: string;
                eventType?: string | undefined;
                eventTypes?: string[] | undefined;
                match: string;
            }[];
            token?: {
                env: string;
            } | undefined;
            uri: string;
            warehouse?: string | undefined;
            watermarkProperty?: string | undefined;
        };
        Impact: {
            consumerCount: number;
            consumers: {
                contact: string;
                name: string;
                waits: number;
            }[];
            duplicated: number;
            hoursAtRisk: number;
            lost: number;
            missedDeadlines: number;
            produced: number | null;
        };
        Incident: {
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
            affectedHours: number;
            alertCount: number;
            alerts: components["schemas"]["Alert"][];
            assignee: string | null;
            cause: {
                code: "telemetry_blind" | "datacenter_silent" | "publishing_stalled" | "watermark_stalled" | "backlog" | "deployment" | "shared_datacenter" | "datacenter_behind" | "stage_loss" | "duplicate_delivery" | "skewed_delivery" | "reporters_missing" | "counts_missing" | "unusual_volume";
                component: string | null;
                datacenter: string | null;
                deploymentId: string | null;
                evidence: components["schemas"]["EvidenceItem"][];
                instance: string | null;
                score: number;
                sentence: string;
                since: string | null;
                /** @enum {string|null} */
                stage: "produced" | "published" | "delivered" | null;
                version: string | null;
            };
            causeKey: string;
            changedAt: string;
            deliveries: components["schemas"]["IncidentDelivery"][];
            eventTypeCount: number;
            firingAlerts: number;
            hours: components["schemas"]["IncidentHour"][];
            id: string;
            openedAt: string;
            recoveredHours: number;
            resolvedAt: string | null;
            resolvedBy: string | null;
            severity: "page" | "ticket" | "info";
            since: string;
            situation: components["schemas"]["Situation"];
            situationRevision: number;
            snoozedBy: string | null;
            snoozedUntil: string | null;
            state: "open" | "acknowledged" | "resolved";
            timeline: components["schemas"]["IncidentEvent"][];
            title: string;
        };
        IncidentDelivery: {
            attempts: number;
            channel: string;
            createdAt: string;
            id: string;
            kind: string;
            sentAt: string | null;
            state: string;
        };
        IncidentEvent: {
            actor: string;
            at: string;
            detail: {
                alerts?: number | undefined;
                code?: string | undefined;
                fingerprints?: string[] | undefined;
                from?: (string | null) | undefined;
                hours?: number | undefined;
                left?: number | undefined;
                phase?: ("starting" | "ongoing" | "recovering" | "over") | undefined;
                revision?: number | undefined;
                to?: (string | null) | undefined;
            };
            id: string;
            kind: string;
            message: string;
        };
        IncidentHour: {
            accepted: components["schemas"]["Accepted"] | null;
            addedAt: string;
            closingDelaySeconds: number | null;
            deadlineAt: string | null;
            deadlineMet: boolean | null;
            duplicated: number;
            eventType: string;
            hour: string;
            lost: number;
            recoveredAt: string | null;
            /** @enum {string|null} */
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted" | null;
        };
        IncidentMark: {
            at: string;
            kind: "closing" | "deployment" | "act" | "notification";
            text: string;
        };
        IncidentRevision: {
            at: string;
            reason: string;
            revision: number;
            situation: components["schemas"]["Situation"];
        };
        IncidentSeries: {
            datacenters: string[];
            from: string;
            marks: components["schemas"]["IncidentMark"][];
            points: {
                at: string;
                firing: number;
                lagSeconds: (number | null)[];
                waiting: number | null;
            }[];
            stepSeconds: number;
            to: string;
        };
        IncidentSummary: {
            acknowledgedAt: string | null;
            acknowledgedBy: string | null;
            affectedHours: number;
            alertCount: number;
            assignee: string | null;
            cause: {
                code: "telemetry_blind" | "datacenter_silent" | "publishing_stalled" | "watermark_stalled" | "backlog" | "deployment" | "shared_datacenter" | "datacenter_behind" | "stage_loss" | "duplicate_delivery" | "skewed_delivery" | "reporters_missing" | "counts_missing" | "unusual_volume";
                component: string | null;
                datacenter: string | null;
                deploymentId: string | null;
                evidence: components["schemas"]["EvidenceItem"][];
                instance: string | null;
                score: number;
                sentence: string;
                since: string | null;
                /** @enum {string|null} */
                stage: "produced" | "published" | "delivered" | null;
                version: string | null;
            };
            causeKey: string;
            changedAt: string;
            eventTypeCount: number;
            firingAlerts: number;
            id: string;
            openedAt: string;
            recoveredHours: number;
            resolvedAt: string | null;
            resolvedBy: string | null;
            severity: "page" | "ticket" | "info";
            since: string;
            situation: components["schemas"]["Situation"];
            situationRevision: number;
            snoozedBy: string | null;
            snoozedUntil: string | null;
            state: "open" | "acknowledged" | "resolved";
            title: string;
        };
        Invitation: {
            email?: (string | null) | undefined;
            name: string;
            role: "viewer" | "responder" | "editor" | "admin";
            /** @default [] */
            teams?: string[] | undefined;
        };
        InvitedPerson: {
            createdAt: string;
            createdBy: string;
            disabledAt: string | null;
            disabledBy: string | null;
            email: string | null;
            firstSeenAt: string | null;
            id: string;
            issuer: string | null;
            lastSeenAt: string | null;
            link: {
                expiresAt: string;
                url: string;
            };
            name: string;
            role: "viewer" | "responder" | "editor" | "admin";
            sessions: number;
            teams: string[];
        };
        JsonValue: unknown;
        KafkaSource: {
            groups: {
                group: string;
                topics: string[];
            }[];
            /** @default [] */
            lanes?: {
                datacenter: string;
                eventType?: string | undefined;
                eventTypes?: string[] | undefined;
                lateness?: string | undefined;
                match: string;
                stage?: ("produced" | "published" | "delivered") | undefined;
                watermark?: boolean | undefined;
            }[] | undefined;
        };
        LagHistory: {
            asOf: string;
            datacenter: string;
            from: string;
            lagSeconds: (number | null)[];
            stepSeconds: number;
        };
        Lanes: {
            asOf: string;
            datacenter: string;
            items: {
                backlogs: {
                    messages: number | null;
                    observedAt: string;
                    oldestAgeSeconds: number;
                    stage: "produced" | "published" | "delivered";
                }[];
                deadlineSeconds: number;
                eventType: string;
                lagSeconds: number | null;
                lateHours: number;
                oldestOpenHour: string | null;
                openHours: number;
                tier: string;
                watermark: string | null;
            }[];
        };
        Lateness: {
            asOf: string;
            datacenters: {
                lastDay: {
                    closedLast: number;
                    heldUp: number;
                    hours: number;
                    lost: number;
                    produced: number;
                };
                lastSeenAt: string | null;
                lastWeek: {
                    closedLast: number;
                    heldUp: number;
                    hours: number;
                    lost: number;
                    produced: number;
                };
                name: string;
            }[];
            lateHours: {
                lastDay: number;
                lastWeek: number;
            };
        };
        LikelyCause: {
            changes?: number | undefined;
            code: "telemetry_blind" | "datacenter_silent" | "publishing_stalled" | "watermark_stalled" | "backlog" | "deployment" | "shared_datacenter" | "datacenter_behind" | "stage_loss" | "duplicate_delivery" | "skewed_delivery" | "reporters_missing" | "counts_missing" | "unusual_volume";
            component: string | null;
            datacenter: string | null;
            deploymentId: string | null;
            evidence: components["schemas"]["Evidence"][];
            instance: string | null;
            score: number;
            sentence: string;
            /** @enum {string|null} */
            stage: "produced" | "published" | "delivered" | null;
            version: string | null;
        };
        LineageEvent: {
            eventTime: string;
            inputs?: {
                name: string;
                namespace: string;
            }[] | undefined;
            job: {
                name: string;
                namespace: string;
            };
        };
        LinkSignIn: {
            code: string;
            name?: string | undefined;
        };
        ListedAlert: {
            changedAt: string;
            datacenter: string | null;
            description: string | null;
            eventType: string | null;
            fingerprint: string;
            firingSince: string | null;
            incidentId: string | null;
            labels: {
                [key: string]: string;
            };
            /** @enum {string|null} */
            muted: "silenced" | "inhibited" | null;
            pendingSince: string | null;
            resolvedAt: string | null;
            rule: string;
            runbook: string | null;
            severity: "page" | "ticket" | "info";
            state: "normal" | "pending" | "firing" | "recovering" | "no-data" | "error";
            summary: string;
            value: number | null;
        };
        LoggedHookDelivery: {
            detail: string;
            id: string;
            outcome: "recorded" | "not_mapped" | "ignored" | "refused";
            receivedAt: string;
            times: number;
        };
        Matcher: string | {
            isEqual?: boolean | undefined;
            isRegex?: boolean | undefined;
            name: string;
            value: string;
        };
        Matrix: {
            asOf: string;
            delays: string[];
            duplicated: string[];
            from: string;
            hours: number;
            lost: string[];
            skewed: string[];
            states: string[];
            types: components["schemas"]["MatrixType"][];
        };
        MatrixType: {
            deadlineSeconds: number;
            eventType: string;
            owner: string;
            tier: string;
            troubledBy: string[];
        };
        NewSubscription: {
            allowPrivate: boolean;
            consumer: string;
            createdAt: string;
            createdBy: string;
            dayEventTypes: string[];
            dayZone: string | null;
            etag: string;
            events: ("complete" | "amended" | "incomplete" | "run" | "day" | "day-amended")[];
            eventType: string;
            failed: number;
            id: string;
            lastMessage: {
                attempts: number;
                day: string | null;
                deliveredAt: string | null;
                event: "complete" | "amended" | "incomplete" | "run" | "day" | "day-amended";
                gaveUpAt: string | null;
                hour: string;
                lastError: string | null;
                queuedAt: string;
            } | null;
            owner: string | null;
            previousSecretUntil: string | null;
            runHours: number | null;
            secret: string;
            url: string;
            waiting: number;
        };
        NewToken: {
            createdAt: string;
            createdBy: string;
            datacenters: string[];
            eventTypes: string[];
            expiresAt: string | null;
            id: string;
            lastUsedAt: string | null;
            name: string;
            owner: string;
            previousUntil: string | null;
            revokedAt: string | null;
            revokedBy: string | null;
            rotatedAt: string | null;
            scopes: ("ingest" | "read" | "respond" | "write" | "admin")[];
            teams: string[];
            token: string;
        };
        NoteRequest: {
            note: string;
        };
        Notification: {
            alerts: {
                annotations: {
                    [key: string]: string;
                };
                endsAt: string | null;
                fingerprint: string;
                labels: {
                    [key: string]: string;
                };
                severity: string;
                startsAt: string;
                status: "firing" | "resolved";
                value: number | null;
            }[];
            at: string;
            commonAnnotations: {
                [key: string]: string;
            };
            commonLabels: {
                [key: string]: string;
            };
            dedupKey: string;
            digest?: components["schemas"]["SloDigest"] | undefined;
            groupKey: string;
            groupLabels: {
                [key: string]: string;
            };
            incident: {
                acknowledgedBy: string | null;
                cause: string;
                hours: {
                    affected: number;
                    recovered: number;
                };
                id: string;
                severity: string;
                since: string;
                situation?: {
                    cause: components["schemas"]["LikelyCause"];
                    deployed: {
                        component: string;
                        datacenter: string | null;
                        deployedAt: string;
                        deployedBy: string | null;
                        id: string;
                        version: string;
                    }[];
                    extent: components["schemas"]["Extent"];
                    impact: components["schemas"]["Impact"];
                    muted: {
                        reason: "snoozed" | "silenced" | "inhibited" | "mute-time" | "no-channel";
                        until: string | null;
                    } | null;
                    onset: {
                        at: string;
                        earliestAt?: string | undefined;
                        source: "silence" | "watermark" | "backlog" | "counts" | "volume" | "instance" | "alert";
                    };
                    phase: "starting" | "ongoing" | "recovering" | "over";
                    phaseSince: string;
                    recovery: {
                        asOf: string;
                        p50At: string;
                        p90At: string;
                        trend: "sooner" | "steady" | "later";
                    } | null;
                    sentence: string;
                    title: string;
                } | undefined;
                state: string;
                title: string;
            } | null;
            kind: "notify" | "repeat" | "escalate" | "acknowledge" | "test" | "digest";
            receiver: string;
            severity: string;
            status: "firing" | "resolved";
            threadKey: string;
            title: string;
        };
        NotReadyHour: {
            completeness: number | null;
            deadlineAt: string;
            eventType: string;
            forecast: components["schemas"]["Forecast"] | null;
            hour: string;
            reasons: components["schemas"]["Reason"][];
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        OnCallOverride: {
            counts: boolean;
            createdAt: string;
            createdBy: string;
            endsAt: string;
            id: string;
            person: string;
            reason: string | null;
            removedAt: string | null;
            removedBy: string | null;
            source: "person" | "calendar";
            startsAt: string;
        };
        OnCallOverrideRequest: {
            duration?: string | undefined;
            endsAt?: string | undefined;
            person: string;
            reason?: string | undefined;
            startsAt?: string | undefined;
        };
        OnCallSchedule: {
            etag: string;
            name: string;
            next: {
                endsAt: string;
                layer: string | null;
                overrideId: string | null;
                person: string;
                startsAt: string;
            } | null;
            now: {
                endsAt: string;
                layer: string | null;
                overrideId: string | null;
                person: string;
                startsAt: string;
            } | null;
            overrides: components["schemas"]["OnCallOverride"][];
            receivers: string[];
            spec: components["schemas"]["OnCallScheduleSpec"];
            timeZone: string;
            updatedAt: string;
            updatedBy: string;
        };
        OnCallScheduleSpec: {
            layers: {
                activeTimes?: components["schemas"]["TimeInterval"][] | undefined;
                every?: number | undefined;
                handover?: string | undefined;
                name: string;
                people: string[];
                rotation: "daily" | "weekly";
                startsOn: string;
            }[];
            people: {
                channels: string[];
                name: string;
            }[];
            timeZone: string;
        };
        OnCallShift: {
            endsAt: string;
            layer: string | null;
            overrideId: string | null;
            person: string;
            startsAt: string;
        };
        OnCallShifts: {
            from: string;
            items: components["schemas"]["OnCallShift"][];
            name: string;
            to: string;
        };
        PagerdutyEvent: {
            event: {
                agent?: ({
                    summary: string;
                } | null) | undefined;
                data?: ({
                    incident_key?: (string | null) | undefined;
                } | null) | undefined;
                event_type: string;
            };
        };
        Person: {
            createdAt: string;
            createdBy: string;
            disabledAt: string | null;
            disabledBy: string | null;
            email: string | null;
            firstSeenAt: string | null;
            id: string;
            issuer: string | null;
            lastSeenAt: string | null;
            name: string;
            role: "viewer" | "responder" | "editor" | "admin";
            sessions: number;
            teams: string[];
        };
        PersonChange: {
            disabled?: boolean | undefined;
            role?: ("viewer" | "responder" | "editor" | "admin") | undefined;
            teams?: string[] | undefined;
        };
        Problem: {
            detail: string;
            errors?: {
                detail: string;
                line?: number | undefined;
                parameter?: string | undefined;
                pointer?: string | undefined;
            }[] | undefined;
            objects?: {
                kind: "EventType" | "AlertRule" | "Channel" | "Source" | "Consumer" | "DeploymentHook";
                name: string;
                team: string;
            }[] | undefined;
            requestId: string;
            status: number;
            title: string;
            type: string;
        };
        RangeNotReady: {
            accepted: {
                at: string;
                by: string;
                correction: string;
                eventType: string;
                hour: string;
                reason: string;
                state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            }[];
            acceptedHours: number;
            asOf: string;
            day: string | null;
            detail: string;
            errors?: {
                detail: string;
                line?: number | undefined;
                parameter?: string | undefined;
                pointer?: string | undefined;
            }[] | undefined;
            eventTypes: string[];
            expectedAt: string | null;
            from: string;
            more: number;
            notReady: components["schemas"]["NotReadyHour"][];
            objects?: {
                kind: "EventType" | "AlertRule" | "Channel" | "Source" | "Consumer" | "DeploymentHook";
                name: string;
                team: string;
            }[] | undefined;
            /** @enum {boolean} */
            ready: false;
            readyHours: number;
            requestId: string;
            status: number;
            title: string;
            to: string;
            totalHours: number;
            type: string;
            zone: string | null;
        };
        RangeReadiness: {
            accepted: {
                at: string;
                by: string;
                correction: string;
                eventType: string;
                hour: string;
                reason: string;
                state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            }[];
            acceptedHours: number;
            asOf: string;
            day: string | null;
            eventTypes: string[];
            expectedAt: string | null;
            from: string;
            more: number;
            notReady: components["schemas"]["NotReadyHour"][];
            ready: boolean;
            readyHours: number;
            sentence: string;
            to: string;
            totalHours: number;
            types: {
                eventType: string;
                hours: ({
                    accepted: boolean;
                    amended: boolean;
                    hour: string;
                    ready: boolean;
                    state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
                } | null)[];
            }[];
            zone: string | null;
        };
        RangeTotals: {
            completeness: number | null;
            delivered: number;
            duplicated: number;
            eventType: string;
            hours: number;
            lost: number;
            produced: number;
        };
        ReadyRange: {
            accepted: {
                at: string;
                by: string;
                correction: string;
                eventType: string;
                hour: string;
                reason: string;
                state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            }[];
            acceptedHours: number;
            asOf: string;
            day: string | null;
            eventTypes: string[];
            from: string;
            /** @enum {boolean} */
            ready: true;
            readyHours: number;
            to: string;
            totalHours: number;
            types: components["schemas"]["RangeTotals"][];
            zone: string | null;
        };
        Reason: {
            code: "reporters_missing" | "datacenter_open" | "datacenter_silent" | "counts_missing" | "lost_events" | "duplicate_events" | "telemetry_stale";
            datacenter?: string | undefined;
            message: string;
            reporters?: {
                name: string;
                usualShare: number | null;
            }[] | undefined;
        };
        Recorded: {
            id: string;
        };
        RejectedMessage: {
            attributes: {
                [key: string]: string;
            };
            faults: {
                detail: string;
                pointer: string;
            }[];
            id: string;
            payload: string;
            payloadBytes: number;
            reason: string;
            receivedAt: string;
            resubmittedAt: string | null;
            resubmittedBy: string | null;
            source: string;
            truncated: boolean;
        };
        RejectedMessageSummary: {
            attributes: {
                [key: string]: string;
            };
            faults: {
                detail: string;
                pointer: string;
            }[];
            id: string;
            payloadBytes: number;
            reason: string;
            receivedAt: string;
            resubmittedAt: string | null;
            resubmittedBy: string | null;
            source: string;
            truncated: boolean;
        };
        Route: {
            activeTimeIntervals?: string[] | undefined;
            continue?: boolean | undefined;
            groupBy?: string[] | undefined;
            groupInterval?: string | undefined;
            groupWait?: string | undefined;
            matchers?: components["schemas"]["Matcher"][] | undefined;
            muteTimeIntervals?: string[] | undefined;
            receiver?: string | undefined;
            repeatInterval?: string | undefined;
            routes?: components["schemas"]["Route"][] | undefined;
        };
        RoutesTest: {
            receivers: string[];
            routes: {
                channels: string[];
                groupIntervalSeconds: number;
                groupLabels: {
                    [key: string]: string;
                };
                groupWaitSeconds: number;
                muted: string | null;
                onCall: string[];
                path: string;
                receiver: string;
                repeatIntervalSeconds: number;
            }[];
        };
        RoutesTestRequest: {
            labels: {
                [key: string]: string;
            };
            tree?: components["schemas"]["RoutingTreeSpec"] | undefined;
        };
        RoutingTree: {
            etag: string;
            isDefault: boolean;
            name: "default";
            spec: components["schemas"]["RoutingTreeSpec"];
            updatedAt: string | null;
            updatedBy: string | null;
        };
        RoutingTreeSpec: {
            /** @default [] */
            inhibitRules?: {
                /** @default [] */
                equal?: string[] | undefined;
                sourceMatchers: components["schemas"]["Matcher"][];
                targetMatchers: components["schemas"]["Matcher"][];
            }[] | undefined;
            receivers: {
                /** @default [] */
                channels?: string[] | undefined;
                /** @default [] */
                escalation?: {
                    after: string;
                    /** @default [] */
                    channels?: string[] | undefined;
                    /** @default [] */
                    onCall?: string[] | undefined;
                }[] | undefined;
                name: string;
                /** @default [] */
                onCall?: string[] | undefined;
                sendResolved?: boolean | undefined;
            }[];
            route: {
                groupBy?: string[] | undefined;
                groupInterval?: string | undefined;
                groupWait?: string | undefined;
                receiver: string;
                repeatInterval?: string | undefined;
                routes?: components["schemas"]["Route"][] | undefined;
            };
            /** @default [] */
            timeIntervals?: {
                name: string;
                timeIntervals: components["schemas"]["TimeInterval"][];
            }[] | undefined;
        };
        Rule: {
            enabled: boolean;
            etag: string;
            metric: "closing_delay" | "breach_probability" | "completeness" | "lost" | "duplicate_ratio" | "skew_ratio" | "reporters_missing" | "watermark_lag" | "watermark_stalled" | "datacenter_silence" | "volume_ratio" | "backlog_age" | "backlog_retention" | "dead_letters" | "expired_deadlines" | "late_messages" | "burn_rate" | "deployment_regression" | "telemetry_blind";
            name: string;
            origin: "default" | "replaced" | "own";
            severity: "page" | "ticket" | "info";
            spec: components["schemas"]["AlertRuleSpec"];
            states: {
                error: number;
                firing: number;
                noData: number;
                pending: number;
                recovering: number;
            };
            updatedAt: string | null;
            updatedBy: string | null;
        };
        RuleStanding: {
            activeAlerts: number;
            asOf: string;
            evaluates: {
                count: number;
                what: "unclosed hours" | "closed hours" | "lanes" | "volumes" | "datacenters" | "ingest";
            };
            eventTypes: number;
            explainedByChance: {
                eventType: string;
                reason: string;
            }[];
            muted: {
                reason: "snoozed" | "silenced" | "inhibited" | "mute-time" | "no-channel";
                until: string | null;
            } | null;
            name: string;
            notEvaluated: {
                code: "nothing_received" | "no_type" | "no_datacenter" | "before_claim" | "beyond_horizon" | "accepted" | "no_hour_ended" | "no_recent_hour" | "counts_unknown" | "no_forecast" | "no_reporters_expected" | "no_objective" | "no_watermark" | "no_backlog" | "no_retention" | "no_source" | "no_baseline" | "no_usual_delay" | "nothing_to_compare" | "no_deployment";
                count: number;
                eventTypes: string[];
                reason: string;
            }[];
            sentence: string;
            state: "off" | "blind" | "partly" | "whole";
        };
        RunningComponent: {
            asDeployed: number;
            component: string;
            datacenter: string | null;
            declared: components["schemas"]["Deployment"] | null;
            instances: number;
            standing: "as_deployed" | "rolling_out" | "mixed" | "behind" | "undeclared" | "unknown" | "silent" | "unseen";
            versions: {
                declaredAt: string | null;
                instances: number;
                lastSeenAt: string;
                names: string[];
                runningSince: string | null;
                silentInstances: number;
                standing: "deployed" | "earlier" | "undeclared" | "unreported";
                version: string | null;
            }[];
        };
        RunningVersionList: {
            asOf: string;
            items: components["schemas"]["RunningComponent"][];
            nextCursor: string | null;
        };
        SecretRotation: {
            overlap?: string | undefined;
        };
        Session: {
            actor: string;
            expiresAt: string;
        };
        Settings: {
            items: {
                default: string;
                isSet: boolean;
                name: string;
                value: string | null;
            }[];
        };
        SignedInBrowser: {
            actor: string;
            address: string | null;
            createdAt: string;
            current: boolean;
            expiresAt: string;
            id: string;
            lastSeenAt: string;
            personId: string | null;
            userAgent: string | null;
        };
        SignedOut: {
            url: string;
        };
        SignIn: {
            token: string;
        };
        SignInLink: {
            code: string;
        };
        SignInLinkHolder: {
            name: string | null;
        };
        Silence: {
            createdAt: string;
            createdBy: string;
            endsAt: string;
            etag: string;
            expiredBy: string | null;
            extendedBy: string | null;
            id: string;
            matchers: string[];
            name: string | null;
            next: {
                endsAt: string;
                startsAt: string;
            }[];
            reason: string;
            recurrence: components["schemas"]["TimeInterval"][] | null;
            startsAt: string;
            state: "pending" | "active" | "resting" | "expired";
            updatedBy: string | null;
        };
        SilenceDraft: {
            endsAt?: string | undefined;
            matchers: components["schemas"]["Matcher"][];
            recurrence?: (components["schemas"]["TimeInterval"][] | null) | undefined;
            startsAt?: string | undefined;
        };
        SilenceExtension: {
            duration?: string | undefined;
            endsAt?: string | undefined;
        };
        SilencePreview: {
            lastWeek: {
                alerts: {
                    fingerprint: string;
                    firingSince: string;
                    incidentId: string | null;
                    labels: {
                        [key: string]: string;
                    };
                    rule: string;
                    severity: "page" | "ticket" | "info";
                }[];
                byRule: {
                    count: number;
                    rule: string;
                }[];
                complete: boolean;
                count: number;
                from: string;
                incidents: number;
                pages: number;
                to: string;
            };
            next: {
                endsAt: string;
                startsAt: string;
            }[];
            now: {
                alerts: {
                    fingerprint: string;
                    firingSince: string;
                    incidentId: string | null;
                    labels: {
                        [key: string]: string;
                    };
                    rule: string;
                    severity: "page" | "ticket" | "info";
                }[];
                count: number;
            };
        };
        SilenceRequest: {
            duration?: string | undefined;
            endsAt?: string | undefined;
            matchers: components["schemas"]["Matcher"][];
            reason: string;
            recurrence?: (components["schemas"]["TimeInterval"][] | null) | undefined;
            startsAt?: string | undefined;
        };
        SilenceSpec: {
            endsAt: string;
            matchers: components["schemas"]["Matcher"][];
            reason: string;
            recurrence?: components["schemas"]["TimeInterval"][] | undefined;
            startsAt?: string | undefined;
        };
        SilenceUpdate: {
            createdAt?: string | undefined;
            createdBy?: string | undefined;
            duration?: string | undefined;
            endsAt?: string | undefined;
            etag?: string | undefined;
            expiredBy?: (string | null) | undefined;
            extendedBy?: (string | null) | undefined;
            id?: string | undefined;
            matchers: components["schemas"]["Matcher"][];
            name?: (string | null) | undefined;
            next?: {
                endsAt: string;
                startsAt: string;
            }[] | undefined;
            reason: string;
            recurrence?: (components["schemas"]["TimeInterval"][] | null) | undefined;
            startsAt?: string | undefined;
            state?: ("pending" | "active" | "resting" | "expired") | undefined;
            updatedBy?: (string | null) | undefined;
        };
        Situation: {
            cause: components["schemas"]["LikelyCause"];
            deployed: {
                component: string;
                datacenter: string | null;
                deployedAt: string;
                deployedBy: string | null;
                id: string;
                version: string;
            }[];
            extent: components["schemas"]["Extent"];
            impact: components["schemas"]["Impact"];
            muted: {
                reason: "snoozed" | "silenced" | "inhibited" | "mute-time" | "no-channel";
                until: string | null;
            } | null;
            onset: {
                at: string;
                earliestAt?: string | undefined;
                source: "silence" | "watermark" | "backlog" | "counts" | "volume" | "instance" | "alert";
            };
            phase: "starting" | "ongoing" | "recovering" | "over";
            phaseSince: string;
            recovery: {
                asOf: string;
                p50At: string;
                p90At: string;
                trend: "sooner" | "steady" | "later";
            } | null;
            sentence: string;
            title: string;
        };
        Skew: {
            arrived: {
                datacenter: string;
                events: number;
                hour: string;
            }[];
            asOf: string;
            eventType: string;
            hour: string;
            landed: {
                datacenter: string;
                events: number;
                landedHour: string;
            }[];
        };
        SloAttainment: {
            asOf: string;
            items: components["schemas"]["SloItem"][];
            nextCursor: string | null;
            pendingDays: number;
            period: components["schemas"]["SloPeriod"];
            total: components["schemas"]["SloItem"];
        };
        SloCalendar: {
            asOf: string;
            budgetOf: string | null;
            days: components["schemas"]["SloCalendarDay"][];
            period: components["schemas"]["SloPeriod"];
            total: components["schemas"]["SloItem"];
        };
        SloCalendarDay: {
            attainment: number | null;
            budgetRemaining: number | null;
            day: string;
            due: number;
            excused: number;
            incomplete: number;
            lostEvents: number;
            met: number;
            missed: number;
            skewedEvents: number;
            unverified: number;
        };
        SloDigest: {
            answer: string;
            askedBy: string | null;
            causes: string[];
            excuses: string[];
            filter: {
                owner?: string | undefined;
                tier?: string | undefined;
            };
            incidents: {
                items: {
                    acknowledged: string;
                    id: string;
                    lateHours: string;
                    lead: string;
                    noticed: string;
                    openedAt: string;
                    resolved: string;
                    title: string;
                }[];
                more: number;
                sentence: string;
            };
            month: string;
            moreOwners: number;
            moreRestatements: boolean;
            owners: {
                before: string | null;
                complete: string | null;
                inTheirHour: string | null;
                name: string;
                objective: string | null;
                onTime: string | null;
                status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                types: number;
            }[];
            previous: string | null;
            promises: {
                attained: string | null;
                bad: string;
                before: string | null;
                budget: string | null;
                measure: "timeliness" | "completeness" | "skew";
                objective: string | null;
                parts?: {
                    attained: string | null;
                    budget: string | null;
                    objective: string | null;
                    status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                    tier: string;
                }[] | undefined;
                status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                title: string;
            }[];
            restatements: string[];
            standing: string;
            subject: string;
            tiers: {
                before: string | null;
                complete: string | null;
                inTheirHour: string | null;
                name: string;
                objective: string | null;
                onTime: string | null;
                status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                types: number;
            }[];
            title: string;
            worst: {
                causes: string[];
                figures: string;
                name: string;
                status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                whose: string;
            }[];
        };
        SloExcuse: {
            approvedAt: string | null;
            approvedBy: string | null;
            createdAt: string;
            createdBy: string;
            etag: string;
            eventTypes: string[];
            from: string;
            id: string;
            reason: string;
            revokedAt: string | null;
            revokedBy: string | null;
            revokeReason: string | null;
            scope: string;
            state: "pending" | "active" | "revoked";
            to: string;
        };
        SloExcusePreview: {
            eventTypes: string[];
            hourCount: number;
            hours: {
                eventType: string;
                hour: string;
                incomplete: boolean;
                late: boolean;
            }[];
            incompleteHours: number;
            lateHours: number;
            months: {
                frozen: boolean;
                month: string;
                tiers: {
                    after: {
                        attainment: number | null;
                        status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                    };
                    before: {
                        attainment: number | null;
                        status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                    };
                    measure: "timeliness" | "completeness" | "skew";
                    objective: number | null;
                    tier: string;
                }[];
            }[];
            needsApproval: boolean;
        };
        SloExcuseRequest: {
            eventTypes?: (string[] | null) | undefined;
            from: string;
            reason: string;
            tier?: (string | null) | undefined;
            to: string;
        };
        SloExcuseSuggestion: {
            eventTypes: string[];
            from: string;
            incompleteHours: number;
            lateHours: number;
            reason: string;
            silence: string;
            to: string;
        };
        SloItem: {
            asFrozen: {
                completeness: number | null;
                skew: number | null;
                timeliness: number | null;
            } | null;
            completeness: components["schemas"]["SloMeasure"];
            frozenAt: string | null;
            hours: {
                due: number;
                excused: number;
                promised: number;
                undecided: number;
            };
            name: string;
            owner: string | null;
            pastRecords: number;
            restated: boolean;
            scope: "all" | "tier" | "owner" | "eventType";
            skew: components["schemas"]["SloMeasure"];
            tier: string | null;
            timeliness: components["schemas"]["SloMeasure"];
            types: number;
        };
        SloMeasure: {
            basis: "hours" | "events";
            change: number | null;
            events: {
                attainment: number | null;
                bad: number;
                budget: {
                    allowed: number;
                    allowedSoFar: number;
                    remaining: number | null;
                    spent: number;
                } | null;
                counted: number;
                good: number;
            };
            hours: components["schemas"]["SloShare"];
            objective: number | null;
            parts: components["schemas"]["SloPart"][];
            status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
            unverifiedHours: number;
        };
        SloMonths: {
            asOf: string;
            items: {
                period: components["schemas"]["SloPeriod"];
                restatements: number;
                tiers: components["schemas"]["SloItem"][];
                total: components["schemas"]["SloItem"];
            }[];
            nextCursor: string | null;
        };
        SloPart: {
            attainment: number | null;
            bad: number;
            budget: {
                allowed: number;
                allowedSoFar: number;
                remaining: number | null;
                spent: number;
            } | null;
            counted: number;
            objective: number | null;
            status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
            tier: string;
        };
        SloPeriod: {
            from: string;
            frozen: boolean;
            kind: "month" | "rolling";
            name: string;
            to: string;
        };
        SloRestatement: {
            after: {
                complete: number;
                due: number;
                excused: number;
                lostEvents: number;
                met: number;
                skewedEvents: number;
            };
            before: {
                complete: number;
                due: number;
                excused: number;
                lostEvents: number;
                met: number;
                skewedEvents: number;
            };
            causes: {
                by: string;
                cause: "reports" | "time" | "catalogue" | "correction" | "excuse" | "excuse_revoked";
                why: string;
            }[];
            days: string[];
            eventTypes: string[];
            id: string;
            month: string;
            restatedAt: string;
        };
        SloShare: {
            attainment: number | null;
            bad: number;
            budget: {
                allowed: number;
                allowedSoFar: number;
                remaining: number | null;
                spent: number;
            } | null;
            counted: number;
            good: number;
        };
        SloSnapshot: {
            changed: {
                measure: "timeliness" | "completeness" | "skew";
                name: string;
                now: {
                    attainment: number | null;
                    status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                };
                reported: {
                    attainment: number | null;
                    status: "no_objective" | "excused" | "no_data" | "missed" | "unknown" | "at_risk" | "in_progress" | "met";
                };
            }[];
            createdAt: string;
            createdBy: string;
            id: string;
            month: string;
            path: string;
            restatements: components["schemas"]["SloRestatement"][];
            tiers: components["schemas"]["SloItem"][];
            total: {
                asFrozen: {
                    completeness: number | null;
                    skew: number | null;
                    timeliness: number | null;
                } | null;
                completeness: components["schemas"]["SloMeasure"];
                frozenAt: string | null;
                hours: {
                    due: number;
                    excused: number;
                    promised: number;
                    undecided: number;
                };
                name: string;
                owner: string | null;
                pastRecords: number;
                restated: boolean;
                scope: "all" | "tier" | "owner" | "eventType";
                skew: components["schemas"]["SloMeasure"];
                tier: string | null;
                timeliness: components["schemas"]["SloMeasure"];
                types: number;
            };
        };
        SloSnapshotRequest: {
            eventType?: string | undefined;
            month: string;
            owner?: string | undefined;
            tier?: string | undefined;
        };
        SnoozeRequest: {
            note?: string | undefined;
            until: string;
        };
        Source: {
            etag: string;
            kind: "cloudMonitoring" | "cloudStorage" | "bigQuery" | "iceberg" | "kafka";
            name: string;
            run: {
                calls: number;
                endedAt: string;
                error: string | null;
                events: number;
                failingSince: string | null;
                mapped: number;
                notMapped: number;
                problems: string[];
                startedAt: string;
                succeededAt: string | null;
            } | null;
            spec: components["schemas"]["SourceSpec"];
            state: "waiting" | "working" | "failing" | "disabled";
            updatedAt: string;
            updatedBy: string;
        };
        SourceLane: {
            datacenter: string;
            eventType: string;
            retentionSeconds: number | null;
            /** @enum {string|null} */
            stage: "produced" | "published" | "delivered" | null;
        };
        SourcePreview: {
            datacenters: string[];
            eventTypes: string[];
            mapped: number;
            notMapped: number;
            resources: {
                id: string;
                kind: string;
                lanes: {
                    datacenter: string;
                    eventType: string;
                    /** @enum {string|null} */
                    stage: "produced" | "published" | "delivered" | null;
                }[];
            }[];
        };
        SourcePreviewRequest: {
            /** @default [] */
            ids?: string[] | undefined;
            source?: string | undefined;
            spec: components["schemas"]["SourceSpec"];
        };
        SourceReading: {
            at: string;
            delaySeconds: number;
            metric: string;
            sampledSeconds: number;
            seenAt: string;
            text: string | null;
            value: number | null;
        };
        SourceResource: {
            id: string;
            kind: string;
            lanes: components["schemas"]["SourceLane"][];
            readings: components["schemas"]["SourceReading"][];
            seenAt: string;
        };
        SourceSpec: {
            bigQuery?: components["schemas"]["BigQuerySource"] | undefined;
            cloudMonitoring?: components["schemas"]["CloudMonitoringSource"] | undefined;
            cloudStorage?: components["schemas"]["CloudStorageSource"] | undefined;
            enabled?: boolean | undefined;
            iceberg?: components["schemas"]["IcebergSource"] | undefined;
            kafka?: components["schemas"]["KafkaSource"] | undefined;
            owner?: string | undefined;
        };
        Status: {
            behind: {
                ageSeconds: number;
                allowedSeconds: number;
                message: string;
                what: "storage" | "clock" | "ingest" | "collecting" | "current-hours" | "judging" | "corrections" | "alerting" | "delivery" | "forecasting" | "roll-up" | "past-hours" | "maintenance";
            }[];
            clock: {
                drill: boolean;
                speed: number;
            };
            dirtyHours: number;
            ingest: {
                intakes: {
                    name: string;
                    reason: string | null;
                    standingSince: string | null;
                }[];
                messages: number;
                pubsub: boolean;
                rejected: number;
                unstored: number;
            };
            lastIngestAt: string | null;
            metricExport: {
                error: string | null;
                eventTypesLeftOut: number;
                failingSeconds: number | null;
                lastWriteAgeSeconds: number | null;
                pointsNotWritten: number;
                pointsWritten: number;
                project: string;
                series: number;
            } | null;
            now: string;
            rejudging: {
                doneHours: number;
                hours: number;
                secondsLeft: number | null;
            } | null;
            telemetryAgeSeconds: number | null;
            version: string;
        };
        StatusHistory: {
            duties: {
                days: {
                    day: string;
                    minutes: number;
                    minutesBehind: number;
                    worstAgeSeconds: number;
                }[];
                duty: "storage" | "clock" | "ingest" | "collecting" | "current-hours" | "judging" | "corrections" | "alerting" | "delivery" | "forecasting" | "roll-up" | "past-hours" | "maintenance";
                minutes: number;
                minutesBehind: number;
                withinLimit: number | null;
                worstHour: {
                    hour: string;
                    minutesBehind: number;
                    worstAgeSeconds: number;
                } | null;
            }[];
            from: string;
            recordedSince: string | null;
            to: string;
        };
        Subscription: {
            allowPrivate: boolean;
            consumer: string;
            createdAt: string;
            createdBy: string;
            dayEventTypes: string[];
            dayZone: string | null;
            etag: string;
            events: ("complete" | "amended" | "incomplete" | "run" | "day" | "day-amended")[];
            eventType: string;
            failed: number;
            id: string;
            lastMessage: {
                attempts: number;
                day: string | null;
                deliveredAt: string | null;
                event: "complete" | "amended" | "incomplete" | "run" | "day" | "day-amended";
                gaveUpAt: string | null;
                hour: string;
                lastError: string | null;
                queuedAt: string;
            } | null;
            owner: string | null;
            previousSecretUntil: string | null;
            runHours: number | null;
            url: string;
            waiting: number;
        };
        SubscriptionMessage: {
            after: components["schemas"]["ConsumerFigures"];
            attempts: number;
            before: {
                completeness: number | null;
                delivered: number;
                duplicated: number;
                lost: number;
                produced: number;
                ready: boolean;
                state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
            } | null;
            day: string | null;
            deliveredAt: string | null;
            event: "complete" | "amended" | "incomplete" | "run" | "day" | "day-amended";
            gaveUpAt: string | null;
            hour: string;
            id: string;
            lastError: string | null;
            previousRevision: number | null;
            queuedAt: string;
            ready: boolean;
            revision: number;
            runHours: number | null;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        SubscriptionRequest: {
            /** @default false */
            allowPrivate?: boolean | undefined;
            consumer: string;
            dayEventTypes?: (string[] | null) | undefined;
            dayZone?: (string | null) | undefined;
            events: ("complete" | "amended" | "incomplete" | "run" | "day" | "day-amended")[];
            eventType: string;
            runHours?: (number | null) | undefined;
            url: string;
        };
        TakenEvent: {
            detail: string;
            outcome: "acknowledged" | "ignored";
        };
        Tier: {
            etag: string;
            name: string;
            spec: components["schemas"]["TierSpec"];
        };
        TierSpec: {
            deadline: string;
            objective?: (number | string) | undefined;
            objectives?: {
                completeness?: (number | string) | undefined;
                skew?: (number | string) | undefined;
                timeliness?: (number | string) | undefined;
            } | undefined;
        };
        TimeInterval: {
            daysOfMonth?: (string | number)[] | undefined;
            location?: string | undefined;
            months?: (string | number)[] | undefined;
            times?: {
                endTime: string;
                startTime: string;
            }[] | undefined;
            weekdays?: (string | number)[] | undefined;
            years?: (string | number)[] | undefined;
        };
        Token: {
            createdAt: string;
            createdBy: string;
            datacenters: string[];
            eventTypes: string[];
            expiresAt: string | null;
            id: string;
            lastUsedAt: string | null;
            name: string;
            owner: string;
            previousUntil: string | null;
            revokedAt: string | null;
            revokedBy: string | null;
            rotatedAt: string | null;
            scopes: ("ingest" | "read" | "respond" | "write" | "admin")[];
            teams: string[];
        };
        TokenRequest: {
            /** @default [] */
            datacenters?: string[] | undefined;
            /** @default [] */
            eventTypes?: string[] | undefined;
            expiresAt?: (string | null) | undefined;
            name: string;
            owner?: (string | null) | undefined;
            scopes: ("ingest" | "read" | "respond" | "write" | "admin")[];
            /** @default [] */
            teams?: string[] | undefined;
        };
        TypeHistory: {
            asOf: string;
            closingDelaySeconds: (number | null)[];
            deadlineSeconds: number;
            deployments: {
                component: string;
                datacenter: string | null;
                deployedAt: string;
                id: string;
                version: string;
            }[];
            duplicated: (number | null)[];
            eventType: string;
            from: string;
            lost: (number | null)[];
            produced: (number | null)[];
            skewed: (number | null)[];
        };
        TypeLag: {
            asOf: string;
            datacenters: {
                lagSeconds: (number | null)[];
                name: string;
            }[];
            eventType: string;
            from: string;
            stepSeconds: number;
        };
        Verdict: {
            accepted: components["schemas"]["Accepted"] | null;
            amended: boolean;
            asOf: string;
            closedAt: string | null;
            closingDelaySeconds: number | null;
            completeness: number | null;
            datacenters: components["schemas"]["DatacenterEvidence"][];
            deadlineAt: string;
            deadlineMet: boolean | null;
            delivered: number;
            duplicated: number;
            endsAt: string;
            eventType: string;
            forecast: components["schemas"]["Forecast"] | null;
            hour: string;
            lost: number;
            produced: number;
            reasons: components["schemas"]["Reason"][];
            revision: number;
            skewed: number;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        VerdictRevision: {
            accepted: components["schemas"]["Accepted"] | null;
            amended: boolean;
            closedAt: string | null;
            closingDelaySeconds: number | null;
            completeness: number | null;
            correction: string | null;
            deadlineAt: string;
            deadlineMet: boolean | null;
            delivered: number;
            duplicated: number;
            endsAt: string;
            eventType: string;
            hour: string;
            knownAt: string;
            lost: number;
            produced: number;
            revision: number;
            skewed: number;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        VerdictSummary: {
            accepted: components["schemas"]["Accepted"] | null;
            amended: boolean;
            asOf: string;
            closedAt: string | null;
            closingDelaySeconds: number | null;
            completeness: number | null;
            deadlineAt: string;
            deadlineMet: boolean | null;
            delivered: number;
            duplicated: number;
            endsAt: string;
            eventType: string;
            hour: string;
            lost: number;
            produced: number;
            revision: number;
            skewed: number;
            state: "open" | "late" | "closing" | "complete" | "verifying" | "unverified" | "incomplete" | "overcounted";
        };
        Visitor: {
            actor: string;
            person: {
                email: string | null;
                id: string;
                issuer: string | null;
                name: string;
                role: "viewer" | "responder" | "editor" | "admin";
                teams: string[];
            } | null;
            scopes: ("ingest" | "read" | "respond" | "write" | "admin")[];
            teams: string[] | null;
        };
        Volume: {
            asOf: string;
            eventType: string;
            items: components["schemas"]["VolumeHour"][];
        };
        VolumeExclusion: {
            createdAt: string;
            createdBy: string;
            datacenter: string | null;
            eventType: string | null;
            from: string;
            id: string;
            reason: string;
            removedAt: string | null;
            removedBecause: string | null;
            removedBy: string | null;
            to: string;
        };
        VolumeExclusionRemoval: {
            reason: string;
        };
        VolumeExclusionRequest: {
            datacenter?: (string | null) | undefined;
            eventType?: (string | null) | undefined;
            from: string;
            reason: string;
            to: string;
        };
        VolumeHour: {
            datacenters: {
                drop: boolean;
                excluded: boolean;
                expected: number | null;
                high: number | null;
                low: number | null;
                name: string;
                observed: number | null;
                pTooLow: number | null;
                ratio: number | null;
            }[];
            drop: boolean;
            excluded: boolean;
            expected: number | null;
            high: number | null;
            hour: string;
            low: number | null;
            observed: number | null;
            pTooLow: number | null;
            ratio: number | null;
        };
        WatermarkData: {
            dc: string;
            marks: {
                eventType: string;
                watermark: string;
            }[];
        };
        WatermarkEvent: {
            data: components["schemas"]["WatermarkData"];
            datacontenttype?: string | undefined;
            id: string;
            source: string;
            specversion: "1.0";
            time: string;
            traceparent?: string | undefined;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tidemark.watermark.v1";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
