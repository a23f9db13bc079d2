# Each process has an account of its own with what it needs, and most need nothing of Google's.
locals {
  # The processes that call Google's services.
  calling = toset(["collect", "ingest"])
}

resource "google_service_account" "process" {
  for_each     = local.calling
  account_id   = "${var.name}-${each.value}"
  display_name = "Tidemark ${each.value}"
  depends_on   = [google_project_service.needed]
}

# Workload Identity: the chart's service account of that process may act as it, and no other.
resource "google_service_account_iam_member" "workload_identity" {
  for_each           = local.calling
  service_account_id = google_service_account.process[each.value].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project}.svc.id.goog[${var.kubernetes_namespace}/${var.helm_release}-${each.value}]"
  # The pool exists once a cluster with Workload Identity does.
  depends_on = [google_container_cluster.this]
}

resource "google_pubsub_subscription_iam_member" "ingest" {
  for_each = {
    events       = google_pubsub_subscription.ingest.id
    dead_letters = google_pubsub_subscription.dead_letters.id
  }
  subscription = each.value
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.process["ingest"].member
}

resource "google_project_iam_member" "collect_reads_metrics" {
  for_each = setunion([var.project], var.monitoring_projects)
  project  = each.value
  role     = "roles/monitoring.viewer"
  member   = google_service_account.process["collect"].member
}

resource "google_project_iam_member" "collect_writes_metrics" {
  project = var.project
  role    = "roles/monitoring.metricWriter"
  member  = google_service_account.process["collect"].member
}
